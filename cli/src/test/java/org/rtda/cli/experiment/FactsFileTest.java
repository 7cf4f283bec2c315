package org.rtda.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.card.CardFacts;

class FactsFileTest {
    @TempDir
    Path folder;

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("FACTS.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CardFacts read(String text) {
        return FactsFile.read(file(text));
    }

    @Test
    void theTemplateStatesNothing() {
        assertThat(read(FactsTemplate.text("exp-1")).byKey()).isEmpty();
        assertThat(read("").byKey()).isEmpty();
    }

    @Test
    void textsOfSeveralLinesAndInQuotesAreRead() {
        assertThat(read("funding: |\n  one\n  two\nreleaseVersion: \"1.2\"\nconsent:\n")
                        .byKey())
                .isEqualTo(Map.of("funding", "one\ntwo", "releaseVersion", "1.2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'fundin: x'|fundin must be one of modelName, developer,",
                "'releaseVersion: 1.2'|releaseVersion must be a text (in quotes where YAML reads it otherwise), was the number 1.2",
                "'releaseDate: 2026-11-01'|releaseDate must be a text (in quotes where YAML reads it otherwise), was the date 2026-11-01",
                "'consent: yes'|consent must be a text (in quotes where YAML reads it otherwise), was the truth value yes",
                "'consent: [a]'|consent must be a text (in quotes where YAML reads it otherwise), was a list",
                "'consent: {a: b}'|consent must be a text (in quotes where YAML reads it otherwise), was a map",
                "'ethics: !!java.net.URL [a]'|Global tag is not allowed",
                "'funding: twice'|funding must be given once, was given twice",
                "'consent: \"a'|is not YAML"
            })
    void whatIsWrongIsNamedWithItsLine(String line, String said) {
        assertThatThrownBy(() -> read("# comment\nfunding: a grant\n" + line + "\n"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(folder.resolve("FACTS.yaml") + ", line ")
                .hasMessageContaining(said);
    }

    @Test
    void theLineIsThatOfTheItem() {
        assertThatThrownBy(() -> read("# comment\nfunding: a grant\nfundin: x\n"))
                .hasMessageStartingWith(folder.resolve("FACTS.yaml") + ", line 3: fundin must be");
        assertThatThrownBy(() -> read("funding: " + "x".repeat(2001)))
                .hasMessage(folder.resolve("FACTS.yaml")
                        + ", line 1: funding must be a text of at most 2000 characters, was a text of 2001 characters");
    }

    @Test
    void aListIsNoFactsFile() {
        assertThatThrownBy(() -> read("- funding\n")).hasMessageContaining("a line “item: text” for each item");
    }
}
