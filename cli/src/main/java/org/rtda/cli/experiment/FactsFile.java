package org.rtda.cli.experiment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rtda.cli.terminal.CommandFailure;
import org.rtda.contracts.card.CardFacts;
import org.rtda.contracts.check.InvalidFieldException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file in which somebody states facts of a model: a text for each item. It is read as data only. */
final class FactsFile {
    private static final int MOST_CHARACTERS = 200_000;

    private final Path file;

    private FactsFile(Path file) {
        this.file = file;
    }

    /** @throws CommandFailure naming the line, the item and what is allowed */
    static CardFacts read(Path file) {
        return new FactsFile(file).facts();
    }

    private CardFacts facts() {
        Node root = root();
        Map<String, String> texts = new LinkedHashMap<>();
        if (root == null || root.getTag().equals(Tag.NULL)) {
            return CardFacts.NONE;
        }
        if (!(root instanceof MappingNode items)) {
            throw refused(root, "the file must have a line “item: text” for each item", null);
        }
        for (NodeTuple item : items.getValue()) {
            read(item.getKeyNode(), item.getValueNode(), texts);
        }
        return CardFacts.of(texts);
    }

    private Node root() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            return new Yaml(options).compose(new StringReader(Files.readString(file)));
        } catch (MarkedYAMLException e) {
            throw refused(line(e), "is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new CommandFailure(file + " is not YAML: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    file + " cannot be read as UTF-8 text: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
        }
    }

    private void read(Node keyNode, Node valueNode, Map<String, String> texts) {
        if (!(keyNode instanceof ScalarNode scalar)) {
            throw refused(keyNode, "the name of an item must be a text, was " + kind(keyNode), null);
        }
        String key = scalar.getValue();
        try {
            CardFacts.item(key);
            if (texts.containsKey(key)) {
                throw refused(keyNode, key + " must be given once, was given twice", null);
            }
            texts.put(key, text(key, valueNode));
        } catch (InvalidFieldException e) {
            throw refused(keyNode, e.getMessage(), e);
        }
    }

    /** Null where nothing is stated. */
    private String text(String key, Node value) {
        if (value.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (value instanceof ScalarNode scalar && value.getTag().equals(Tag.STR)) {
            return CardFacts.checked(key, scalar.getValue());
        }
        throw refused(
                value, key + " must be a text (in quotes where YAML reads it otherwise), was " + kind(value), null);
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a map";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String value = ((ScalarNode) node).getValue();
        return node.getTag().equals(Tag.BOOL)
                ? "the truth value " + value
                : node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)
                        ? "the number " + value
                        : node.getTag().equals(Tag.TIMESTAMP) ? "the date " + value : "of type " + node.getTag();
    }

    private CommandFailure refused(Node node, String message, Exception cause) {
        return refused(node.getStartMark().getLine() + 1, message, cause);
    }

    private CommandFailure refused(int line, String message, Exception cause) {
        return new CommandFailure(file + ", line " + line + ": " + message, cause);
    }

    private static int line(MarkedYAMLException e) {
        return e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
    }
}
