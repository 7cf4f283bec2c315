package org.rtda.gateway.report;

import java.util.Optional;
import java.util.function.Function;
import org.rtda.contracts.ExperimentSpec;
import org.rtda.contracts.card.CardItem;
import org.rtda.contracts.dataset.DatasetManifest;
import org.rtda.gateway.report.figures.Findings;
import org.rtda.gateway.report.figures.ReportSource;

/**
 * An item of a model card, and what the system knows of it.
 *
 * @param tripod items of TRIPOD+AI (Collins et al., BMJ 2024)
 * @param stated what a person can state of it; null where only the system knows
 * @param known empty for what the system does not know
 */
record ModelCardItem(String name, String tripod, CardItem stated, Function<Facts, Optional<String>> known) {
    /** Of which the system knows nothing. */
    static ModelCardItem stated(CardItem item) {
        return stated(item, facts -> Optional.empty());
    }

    static ModelCardItem stated(CardItem item, Function<Facts, Optional<String>> known) {
        return new ModelCardItem(item.title(), item.tripod(), item, known);
    }

    static ModelCardItem known(String name, String tripod, Function<Facts, Optional<String>> known) {
        return new ModelCardItem(name, tripod, null, known);
    }

    static ModelCardItem fixed(String name, String tripod, String text) {
        return known(name, tripod, facts -> Optional.of(text));
    }

    /** What the system knows, then what somebody states. Empty where it is unknown. */
    Optional<String> text(Facts facts) {
        Optional<String> said =
                Optional.ofNullable(stated).flatMap(facts.source().facts()::of);
        Optional<String> measured = known.apply(facts);
        return said.isPresent() && measured.isPresent()
                ? Optional.of(measured.get() + ". Stated: " + said.get())
                : said.or(() -> measured);
    }

    /** What an item is told from. */
    record Facts(ReportSource source, Findings findings) {
        ExperimentSpec spec() {
            return source.spec();
        }

        Optional<String> ofData(Function<DatasetManifest, String> fact) {
            return source.manifest().map(fact).filter(text -> !text.isBlank());
        }
    }
}
