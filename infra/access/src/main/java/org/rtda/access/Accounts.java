package org.rtda.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The accounts and their rights. What no right allows is refused.
 *
 * @param grants in the order of the description
 */
record Accounts(List<Grant> grants) {

    Accounts {
        grants = List.copyOf(grants);
    }

    /** Those of {@code accounts.txt}. */
    static Accounts described() {
        try (InputStream file = Accounts.class.getResourceAsStream("accounts.txt")) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lines of account, resource, operations with commas between, and names with blanks between. What follows {@code #} is a comment.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    static Accounts parse(String description) {
        List<Grant> grants = new ArrayList<>();
        String[] lines = description.split("\n");
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip();
            try {
                grantsOf(line).forEach(grants::add);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Accounts(grants);
    }

    private static Stream<Grant> grantsOf(String line) {
        if (line.isEmpty()) {
            return Stream.empty();
        }
        String[] words = line.split("\\s+");
        if (words.length < 4) {
            throw new IllegalArgumentException(
                    "account, resource, operations and names are needed, was \"" + line + "\"");
        }
        Resource resource = one(Resource.values(), Resource::label, "resource", words[1]);
        return Arrays.stream(words[2].split(","))
                .map(word -> one(Privilege.values(), Privilege::label, "operation", word))
                .flatMap(operation ->
                        Arrays.stream(words).skip(3).map(name -> new Grant(words[0], resource, operation, name)));
    }

    private static <T> T one(T[] known, Function<T, String> label, String what, String word) {
        return Arrays.stream(known)
                .filter(each -> label.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " must be one of "
                        + Arrays.stream(known).map(label).toList() + ", was " + word));
    }

    /** In the order of the description. */
    List<String> names() {
        return grants.stream().map(Grant::account).distinct().toList();
    }

    /** Those that have any right in the store. */
    List<String> ofStore() {
        return grants.stream()
                .filter(grant -> grant.resource() == Resource.OBJECTS)
                .map(Grant::account)
                .distinct()
                .toList();
    }

    /** Names that the account may do this with. */
    List<String> allowed(String account, Resource resource, Privilege operation) {
        return grants.stream()
                .filter(grant -> grant.account().equals(account)
                        && grant.resource() == resource
                        && grant.operation() == operation)
                .map(Grant::name)
                .toList();
    }

    boolean allows(String account, Resource resource, Privilege operation, String name) {
        return grants.stream()
                .anyMatch(grant -> grant.account().equals(account)
                        && grant.resource() == resource
                        && grant.operation() == operation
                        && grant.covers(name));
    }
}
