package org.rtda.contracts.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CardFactsTest {
    @Test
    void whatIsBlankOrAbsentIsUnknown() {
        Map<String, String> given = new HashMap<>(Map.of("funding", " a grant ", "consent", "  "));
        given.put("ethics", null);

        CardFacts facts = CardFacts.of(given);

        assertThat(facts.byKey()).containsExactly(Map.entry("funding", "a grant"));
        assertThat(facts.of(CardItem.CONSENT)).isEmpty();
    }

    @Test
    void anUnknownItemIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> CardFacts.of(Map.of("fundin", "a grant")))
                .hasMessageStartingWith("fundin must be one of modelName, developer,")
                .hasMessageEndingWith("was an unknown item");
    }

    @Test
    void aTextMayHaveTwoThousandCharactersAndNoControls() {
        assertThat(CardFacts.checked("funding", "ä".repeat(2000))).hasSize(2000);
        assertThatThrownBy(() -> CardFacts.checked("funding", "ä".repeat(2001)))
                .hasMessage("funding must be a text of at most 2000 characters, was a text of 2001 characters");
        assertThatThrownBy(() -> CardFacts.checked("funding", "a\u0000b"))
                .hasMessage("funding must be a text without control characters, was a text with the character U+0000");
    }

    @Test
    void noTwoItemsShareAKey() {
        assertThat(Stream.of(CardItem.values()).map(CardItem::key)).doesNotHaveDuplicates();
    }
}
