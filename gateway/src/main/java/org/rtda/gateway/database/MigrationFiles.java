package org.rtda.gateway.database;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** The files of the schema, by name: the class loader of a packaged application does not list folders. */
final class MigrationFiles implements ResourceProvider {
    static final String FOLDER = "/db/migration/";
    static final List<String> NAMES = List.of(
            "V1__read_model.sql",
            "V2__experiments_by_dataset.sql",
            "V3__idempotency_keys.sql",
            "V4__open_evaluations.sql",
            "V5__deleted_experiments.sql",
            "V6__descriptions.sql",
            "V7__headlines.sql",
            "V8__service_tokens.sql",
            "V9__places_and_evaluations.sql",
            "V10__experiments_by_what_lists_choose.sql",
            "V11__stale_documents.sql");

    @Override
    public LoadableResource getResource(String name) {
        return NAMES.contains(name) ? new MigrationFile(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name ->
                        name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(MigrationFile::new)
                .toList();
    }

    private static final class MigrationFile extends LoadableResource {
        private final String name;

        MigrationFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream file = MigrationFiles.class.getResourceAsStream(FOLDER + name);
            if (file == null) {
                throw new IllegalStateException(FOLDER + name + " is missing in the application");
            }
            return new InputStreamReader(file, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
