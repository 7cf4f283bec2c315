package org.rtda.faults.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What happens to a call on its way to the store. */
public interface Interference {
    /** Nothing. */
    Interference NONE = method -> Optional.empty();

    /**
     * Called once a call, in the thread that carries it: an interference that takes its time slows the call.
     *
     * @param method of HTTP, such as {@code PUT}
     * @return a whole HTTP response in the store's place, after which the connection ends; empty to let the call through
     */
    Optional<byte[]> answerTo(String method);

    /** Every call takes so much longer. */
    static Interference delay(Duration each) {
        return method -> {
            pause(each);
            return Optional.empty();
        };
    }

    /** One call in so many, the first of them included, is answered with status 500, as by a store with a sick disk. */
    static Interference errors(int oneIn) {
        AtomicLong calls = new AtomicLong();
        byte[] answer = answer(500, "InternalError", "We encountered an internal error, please try again.");
        return method -> calls.getAndIncrement() % oneIn == 0 ? Optional.of(answer) : Optional.empty();
    }

    /** Writes are answered as MinIO does where its disk is full; everything else goes through. */
    static Interference fullDisk() {
        byte[] answer =
                answer(507, "XMinioStorageFull", "Storage backend has reached its minimum free drive threshold.");
        return method -> method.equals("PUT") || method.equals("POST") ? Optional.of(answer) : Optional.empty();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            // the call goes on at once; whoever interrupts it wants its end
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] answer(int status, String code, String message) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return ("HTTP/1.1 " + status
                        + " Refused\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
