package org.rtda.contracts.check;

/** A value that somebody sent is not allowed. The message names the field, the value and what is allowed. */
public final class InvalidFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String allowed;

    public InvalidFieldException(String field, Object value, String allowed) {
        super(field + " must be " + allowed + ", was " + value);
        this.field = field;
        this.value = String.valueOf(value);
        this.allowed = allowed;
    }

    /** The field's path in the document, for example {@code attack.epsilon}. */
    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    /** What is allowed, for example {@code in [0, 16]}. */
    public String allowed() {
        return allowed;
    }
}
