package io.tidemark.cli.quality;

import io.tidemark.core.check.TableRef;
import io.tidemark.quality.profile.SeenRows;
import io.tidemark.quality.suggest.Proposal;
import io.tidemark.quality.suggest.SuggestJob;
import io.tidemark.quality.suggest.SuggestJob.Suggested;
import io.tidemark.quality.suggest.SuggestedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was seen in a table and what it suggests, for people and for programs. */
record SuggestionLines(TableRef table, Suggested suggested, SuggestedFile file) {
  String text(boolean written) {
    SeenRows rows = suggested.profile().rows();
    StringBuilder text = new StringBuilder();
    text.append("%s, version %d, %s%n".formatted(table, rows.version(), rows.words()));
    if (rows.count() == 0) {
      return text + "nothing to suggest: there are no rows to look at%n".formatted();
    }
    text.append(new ProfileLines(suggested.profile()).text());
    if (rows.count() < SuggestJob.FEWEST_ROWS) {
      text.append(
          "only the key is looked at: fewer than %d rows say little%n"
              .formatted(SuggestJob.FEWEST_ROWS));
    }
    text.append(file.addition().isEmpty() ? "" : "%n%s%n".formatted(file.addition()));
    return text.append(outcome(written)).append(System.lineSeparator()).toString();
  }

  private String outcome(boolean written) {
    int added = file.added().size();
    int known = suggested.proposals().size() - added;
    String there = known == 0 ? "" : " (%d more are there already)".formatted(known);
    String checks = added == 1 ? "1 check" : added + " checks";
    if (added == 0) {
      return known == 0
          ? "nothing to suggest"
          : "nothing to add: %s has all %d".formatted(file.file(), known);
    }
    return written
        ? "%s added to %s%s".formatted(checks, file.file(), there)
        : "%s to add to %s%s; nothing was written".formatted(checks, file.file(), there);
  }

  Map<String, Object> asMap(boolean written) {
    SeenRows rows = suggested.profile().rows();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table.toString());
    map.put("version", rows.version());
    map.put("rows", rows.count());
    map.put("sample_percent", rows.sample().isPresent() ? rows.sample().getAsDouble() : null);
    map.put("columns", new ProfileLines(suggested.profile()).asList());
    List<Map<String, Object>> proposals = new ArrayList<>();
    for (Proposal proposal : suggested.proposals()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", proposal.check().name());
      one.put("check", proposal.yaml());
      one.put("evidence", proposal.evidence());
      one.put("new", file.added().contains(proposal));
      proposals.add(one);
    }
    map.put("proposals", proposals);
    map.put("file", file.file().toString());
    map.put("written", written);
    return map;
  }
}
