package org.rtda.cli.experiment;

import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.card.CardItem;

/** An empty facts file that says what to write. */
final class FactsTemplate {
    private FactsTemplate() {}

    static String text(String experiment) {
        StringBuilder text = new StringBuilder();
        text.append("# Facts for the model card of ").append(experiment).append(".\n");
        text.append("# Write a text of at most ")
                .append(CardFacts.LONGEST)
                .append(" characters behind an item. What is left empty stays unknown.\n");
        text.append("# Put a text in quotes if it is a number or a date, or has a colon or a # in it.\n");
        for (CardItem item : CardItem.values()) {
            text.append("\n# ").append(item.title()).append(". ").append(item.hint());
            if (!item.tripod().isEmpty()) {
                text.append(" (TRIPOD+AI ").append(item.tripod()).append(')');
            }
            text.append('\n').append(item.key()).append(":\n");
        }
        return text.toString();
    }
}
