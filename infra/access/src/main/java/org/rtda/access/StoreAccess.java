package org.rtda.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minio.DeleteBucketPolicyArgs;
import io.minio.MinioClient;
import io.minio.admin.MinioAdminClient;
import io.minio.admin.UserInfo;
import java.util.List;
import java.util.Map;
import org.rtda.contracts.EventCodec;
import org.rtda.store.MinioSettings;
import org.rtda.store.http.StoreHttp;

/** Accounts of a MinIO server and their policies. The bucket is nobody's who has no account. */
final class StoreAccess {
    private final Accounts accounts;
    private final MinioSettings administrator;

    /** @param administrator the bucket, and keys that may do everything */
    StoreAccess(Accounts accounts, MinioSettings administrator) {
        this.accounts = accounts;
        this.administrator = administrator;
    }

    /** As MinIO has it: AWS' language of policies. */
    String policy(String account) {
        ObjectNode policy = EventCodec.mapper().createObjectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        // without it the store answers "no access" where there is no such object
        allow(statements, List.of("s3:ListBucket", "s3:GetBucketLocation"), List.of(""));
        allow(statements, List.of("s3:GetObject"), keys(account, Privilege.READ));
        allow(
                statements,
                List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
                keys(account, Privilege.WRITE));
        allow(statements, List.of("s3:DeleteObject"), keys(account, Privilege.DELETE));
        return policy.toString();
    }

    private List<String> keys(String account, Privilege operation) {
        return accounts.allowed(account, Resource.OBJECTS, operation).stream()
                .map(key -> "/" + key)
                .toList();
    }

    private void allow(ArrayNode statements, List<String> actions, List<String> ofBucket) {
        if (ofBucket.isEmpty()) {
            return;
        }
        ObjectNode statement = statements.addObject().put("Effect", "Allow");
        actions.forEach(statement.putArray("Action")::add);
        ArrayNode resources = statement.putArray("Resource");
        ofBucket.forEach(each -> resources.add("arn:aws:s3:::" + administrator.bucket() + each));
    }

    /**
     * Gives each account its password and its policy, and takes away whatever the bucket allows to everybody. The bucket must be there.
     *
     * @param passwords by account
     * @throws Exception of MinIO's clients, when the server refuses
     */
    void apply(Map<String, String> passwords) throws Exception {
        closeBucket();
        MinioAdminClient admin = MinioAdminClient.builder()
                .endpoint(administrator.endpoint())
                .region(administrator.region())
                .credentials(administrator.accessKey(), administrator.secretKey())
                .httpClient(StoreHttp.client(administrator.trustedCertificates()))
                .build();
        for (String account : accounts.ofStore()) {
            String policy = "rtda-" + account;
            admin.addCannedPolicy(policy, policy(account));
            admin.addUser(account, UserInfo.Status.ENABLED, passwords.get(account), policy, List.of());
            admin.setPolicy(account, false, policy);
        }
    }

    /** To those who have no account. */
    private void closeBucket() throws Exception {
        MinioClient client = MinioClient.builder()
                .endpoint(administrator.endpoint())
                .region(administrator.region())
                .credentials(administrator.accessKey(), administrator.secretKey())
                .httpClient(StoreHttp.client(administrator.trustedCertificates()), true)
                .build();
        try {
            client.deleteBucketPolicy(DeleteBucketPolicyArgs.builder()
                    .bucket(administrator.bucket())
                    .build());
        } finally {
            client.close();
        }
    }
}
