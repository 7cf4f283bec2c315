package org.rtda.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The accounts' passwords, of the configuration. */
final class AccountPasswords {
    /** What MinIO demands of a secret key. */
    static final int SHORTEST = 8;

    private static final String KEY = "rtda.access.password.";

    private AccountPasswords() {}

    /**
     * By account.
     *
     * @param config the value of a key
     * @throws IllegalArgumentException naming all keys whose value is missing or too short
     */
    static Map<String, String> of(List<String> accounts, Function<String, Optional<String>> config) {
        Map<String, String> passwords = new LinkedHashMap<>();
        StringBuilder problems = new StringBuilder();
        for (String account : accounts) {
            String password = config.apply(KEY + account).orElse("");
            if (password.length() < SHORTEST) {
                problems.append(problems.isEmpty() ? "" : "; ")
                        .append(KEY + account + " must have at least " + SHORTEST + " characters, has "
                                + password.length());
            }
            passwords.put(account, password);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return passwords;
    }
}
