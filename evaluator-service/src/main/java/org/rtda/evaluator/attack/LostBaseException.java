package org.rtda.evaluator.attack;

/** The attacker found the images to start from missing or altered in the store. Whoever wrote them may write them again and ask again. */
final class LostBaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason the attacker's */
    LostBaseException(String reason) {
        super(reason);
    }
}
