package org.rtda.contracts.card;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rtda.contracts.check.InvalidFieldException;

/** What somebody states of a model. An item that is absent is unknown. */
public final class CardFacts {
    /** Of one item, in characters. */
    public static final int LONGEST = 2000;

    public static final CardFacts NONE = new CardFacts(new EnumMap<>(CardItem.class));

    private final Map<CardItem, String> stated;

    private CardFacts(Map<CardItem, String> stated) {
        this.stated = stated;
    }

    /**
     * @param byKey texts by {@link CardItem#key}; one that is null or blank states nothing
     * @throws InvalidFieldException when a key is not known, or a text is too long or holds a character that documents cannot hold
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CardFacts of(Map<String, String> byKey) {
        Map<CardItem, String> stated = new EnumMap<>(CardItem.class);
        byKey.forEach((key, text) -> {
            CardItem item = item(key);
            if (text != null && !text.isBlank()) {
                stated.put(item, checked(key, text));
            }
        });
        return new CardFacts(stated);
    }

    /** @throws InvalidFieldException when there is no such item; names all that there are */
    public static CardItem item(String key) {
        return CardItem.ofKey(key)
                .orElseThrow(() -> new InvalidFieldException(
                        key,
                        "an unknown item",
                        "one of "
                                + Stream.of(CardItem.values())
                                        .map(CardItem::key)
                                        .collect(Collectors.joining(", "))));
    }

    /**
     * The text without blanks around it.
     *
     * @throws InvalidFieldException when it is too long or holds a character that documents cannot hold
     */
    public static String checked(String key, String text) {
        String stripped = text.strip();
        int length = stripped.codePointCount(0, stripped.length());
        if (length > LONGEST) {
            throw new InvalidFieldException(
                    key, "a text of " + length + " characters", "a text of at most " + LONGEST + " characters");
        }
        stripped.codePoints().filter(c -> !isText(c)).findFirst().ifPresent(c -> {
            throw new InvalidFieldException(
                    key,
                    "a text with the character U+" + String.format("%04X", c),
                    "a text without control characters");
        });
        return stripped;
    }

    /** What XML 1.0 can hold, but for the controls of ISO 6429 that it discourages. */
    private static boolean isText(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c < 0x7f
                || c >= 0xa0 && c <= 0xd7ff
                || c >= 0xe000 && c <= 0xfffd
                || c >= 0x10000;
    }

    /** Empty for what is unknown. */
    public Optional<String> of(CardItem item) {
        return Optional.ofNullable(stated.get(item));
    }

    /** By key, those that are stated. */
    @JsonValue
    public Map<String, String> byKey() {
        return stated.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().key(), Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
    }
}
