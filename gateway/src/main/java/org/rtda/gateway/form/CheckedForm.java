package org.rtda.gateway.form;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.rtda.gateway.problem.ProblemException;

/** A form that is checked while it is read: reading fails with a {@link ProblemException} where it is not well formed, or too large. */
final class CheckedForm extends FilterInputStream {
    private final FormCheck check;

    CheckedForm(InputStream form, FormCheck check) {
        super(form);
        this.check = check;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException e) {
            // the sender has left, or is too slow
            throw ProblemException.badRequest("the form cannot be read to its end: " + e.getMessage(), e);
        }
        if (read < 0) {
            check.end();
        } else {
            check.read(buffer, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("a form is read, not skipped");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
