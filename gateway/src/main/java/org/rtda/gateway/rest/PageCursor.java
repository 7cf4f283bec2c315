package org.rtda.gateway.rest;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rtda.contracts.dataset.Sha256;
import org.rtda.gateway.problem.ProblemException;

/**
 * Where a page of one list ended, as text that only this class reads. The text also says which list it was, how it was filtered and in
 * which order: a place in another list is a place where nothing ended.
 */
final class PageCursor {
    private static final String SEPARATOR = " ";
    private static final int LIST_DIGITS = 16;

    private final String list;

    private PageCursor(String list) {
        this.list = list;
    }

    /**
     * Of a list that is read page by page.
     *
     * @param name of the list
     * @param choice every value that decides what is in the list, and in which order; null for a value that is not given
     */
    static PageCursor of(String name, Object... choice) {
        String whole = Arrays.stream(choice)
                .map(value -> Objects.toString(value, ""))
                // no value has a line end
                .collect(Collectors.joining("\n", name + "\n", ""));
        return new PageCursor(Sha256.hex(whole.getBytes(StandardCharsets.UTF_8)).substring(0, LIST_DIGITS));
    }

    /** @param place where the page ended, without blanks in its parts */
    String write(List<String> place) {
        String text = list + SEPARATOR + String.join(SEPARATOR, place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param place makes the place of its parts; what it throws says that they are none
     * @throws ProblemException 400 when the text is no cursor, or one of another list
     */
    <T> T read(String cursor, Function<List<String>, T> place) {
        try {
            List<String> parts =
                    List.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR));
            if (parts.get(0).equals(list)) {
                return place.apply(parts.subList(1, parts.size()));
            }
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            // told below
        }
        throw ProblemException.badValue(
                "cursor",
                cursor,
                "the value of next in the page before, of the same list with the same filter and order");
    }
}
