package org.rtda.access;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accounts as tables of a page for people. */
final class AccessPage {
    private final Accounts accounts;

    AccessPage(Accounts accounts) {
        this.accounts = accounts;
    }

    /** In Markdown: who has which rights at the broker, and in the store. */
    String tables() {
        return table(
                        List.of("account", "reads topics", "writes topics", "works in groups", "transactions"),
                        accounts.names().stream()
                                .map(account -> List.of(
                                        account,
                                        names(account, Resource.TOPIC, Privilege.READ),
                                        names(account, Resource.TOPIC, Privilege.WRITE),
                                        names(account, Resource.GROUP, Privilege.READ),
                                        names(account, Resource.TRANSACTIONS, Privilege.WRITE))))
                + "\n"
                + table(
                        List.of("account", "reads objects", "writes objects", "deletes objects"),
                        accounts.ofStore().stream()
                                .map(account -> List.of(
                                        account,
                                        names(account, Resource.OBJECTS, Privilege.READ),
                                        names(account, Resource.OBJECTS, Privilege.WRITE),
                                        names(account, Resource.OBJECTS, Privilege.DELETE))));
    }

    private String names(String account, Resource resource, Privilege operation) {
        return accounts.allowed(account, resource, operation).stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
    }

    private static String table(List<String> head, Stream<List<String>> rows) {
        return Stream.concat(Stream.of(head, head.stream().map(any -> "---").toList()), rows)
                .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }
}
