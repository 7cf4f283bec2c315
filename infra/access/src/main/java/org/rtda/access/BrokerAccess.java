package org.rtda.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** Users (SCRAM-SHA-512) and access rules (ACLs) of a broker. */
final class BrokerAccess {
    private static final ScramCredentialInfo SCRAM = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192);

    private final Accounts accounts;

    BrokerAccess(Accounts accounts) {
        this.accounts = accounts;
    }

    /** One for each right at the broker; of a group's description two, since it has settings. */
    Set<AclBinding> rules() {
        return accounts.grants().stream()
                .filter(grant -> grant.resource() != Resource.OBJECTS)
                .flatMap(BrokerAccess::rules)
                .collect(Collectors.toSet());
    }

    private static Stream<AclBinding> rules(Grant grant) {
        ResourcePattern pattern = pattern(grant);
        return operations(grant)
                .map(operation -> new AclBinding(
                        pattern,
                        new AccessControlEntry(principal(grant.account()), "*", operation, AclPermissionType.ALLOW)));
    }

    private static ResourcePattern pattern(Grant grant) {
        ResourceType type =
                switch (grant.resource()) {
                    case TOPIC -> ResourceType.TOPIC;
                    case GROUP -> ResourceType.GROUP;
                    case TRANSACTIONS -> ResourceType.TRANSACTIONAL_ID;
                    case OBJECTS -> throw new IllegalArgumentException("a broker has no objects");
                };
        String name = grant.name();
        boolean prefix = name.length() > 1 && name.endsWith("*");
        return new ResourcePattern(
                type,
                prefix ? name.substring(0, name.length() - 1) : name,
                prefix ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    private static Stream<AclOperation> operations(Grant grant) {
        return switch (grant.operation()) {
            case READ -> Stream.of(AclOperation.READ);
            case WRITE -> Stream.of(AclOperation.WRITE);
            case DESCRIBE ->
                grant.resource() == Resource.GROUP
                        ? Stream.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                        : Stream.of(AclOperation.DESCRIBE);
            case DELETE -> throw new IllegalArgumentException("no account deletes anything at the broker");
        };
    }

    private static String principal(String account) {
        return "User:" + account;
    }

    /**
     * Gives each account its password and its rights, and takes away those that the description does not have. Rules of other users stay.
     *
     * @param passwords by account
     * @throws KafkaException when the broker refuses
     */
    void apply(Admin admin, Map<String, String> passwords) throws InterruptedException {
        List<UserScramCredentialAlteration> credentials = accounts.names().stream()
                .<UserScramCredentialAlteration>map(
                        account -> new UserScramCredentialUpsertion(account, SCRAM, passwords.get(account)))
                .toList();
        await(admin.alterUserScramCredentials(credentials).all());
        Set<AclBinding> wanted = rules();
        Set<AclBinding> present = present(admin);
        // first what is missing, so that no service loses for a moment what it keeps
        await(admin.createAcls(without(wanted, present)).all());
        List<AclBindingFilter> unwanted =
                without(present, wanted).stream().map(AclBinding::toFilter).toList();
        await(admin.deleteAcls(unwanted).all());
    }

    private Set<AclBinding> present(Admin admin) throws InterruptedException {
        Set<AclBinding> present = new HashSet<>();
        for (String account : accounts.names()) {
            AclBindingFilter all = new AclBindingFilter(
                    ResourcePatternFilter.ANY,
                    new AccessControlEntryFilter(principal(account), null, AclOperation.ANY, AclPermissionType.ANY));
            present.addAll(await(admin.describeAcls(all).values()));
        }
        return present;
    }

    private static List<AclBinding> without(Collection<AclBinding> some, Collection<AclBinding> others) {
        List<AclBinding> rest = new ArrayList<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }
}
