package io.tidemark.cli.backfill;

import io.tidemark.cli.verb.VerbGroup;
import picocli.CommandLine.Command;

/** {@code tidemark backfill}: one verb for each place that a table's past can come from. */
@Command(
    name = "backfill",
    description = "Brings a table's past in again, or makes silver and history of it anew.",
    synopsisSubcommandLabel = "SOURCE",
    subcommands = {BackfillSourceVerb.class, BackfillBronzeVerb.class, BackfillFilesVerb.class},
    mixinStandardHelpOptions = true)
public final class BackfillVerb extends VerbGroup {}
