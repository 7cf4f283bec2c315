package org.rtda.store;

import org.rtda.contracts.check.RequestFailure;

/** An object's bytes are not those that were written under its reference. Trying again cannot help. */
public final class ArtifactCorruptException extends ArtifactException implements RequestFailure {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the object's name, or what it is when it has none
     * @param wanted what the reference says, for example {@code sha256 9f86...}
     * @param found what is there
     */
    public ArtifactCorruptException(String key, String wanted, String found) {
        super("object " + key + " is corrupt: wanted " + wanted + ", found " + found, null);
        this.key = key;
    }

    String key() {
        return key;
    }
}
