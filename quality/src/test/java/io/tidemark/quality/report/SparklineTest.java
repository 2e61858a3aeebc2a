package io.tidemark.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.quality.page.Html;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void whatWasNotMeasuredIsAGap() {
    String drawing = drawing(1, 0.98, Double.NaN, 0.97, 0.9);

    assertThat(drawing.split("<polyline", -1)).as("two lines").hasSize(3);
    assertThat(drawing).contains("class=\"fail\"").contains("4 measures, from 0.9 to 1");
  }

  @Test
  void oddHistoriesHaveADrawing() {
    assertThat(drawing(1)).contains("<circle").contains("measured once: 1");
    assertThat(drawing(2, 2, 2)).doesNotContain("NaN");
    assertThat(drawing(Double.MAX_VALUE, -Double.MAX_VALUE)).doesNotContain("NaN");
    assertThat(drawing(Double.NaN)).isEqualTo("<span class=\"quiet\">–</span>");
    assertThat(drawing(Double.POSITIVE_INFINITY, 1)).contains("measured once: 1");
  }

  private static String drawing(double... values) {
    StringBuilder text = new StringBuilder();
    Html drawing = Sparkline.of(Examples.series("check", values));
    drawing.writeTo(text);
    return text.toString();
  }
}
