package org.rtda.gateway.security;

import org.rtda.contracts.AuditEntry;

/** Where entries of the audit log are published. */
public interface AuditSender {
    /** @throws org.rtda.gateway.problem.ProblemException when the broker does not take it */
    void send(AuditEntry entry);
}
