package dev.ephemera.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Reads one YAML file into nodes. Aliases are refused, and so is a second document or a key given twice: each means
 * something else to some reader.
 */
final class YamlReader {
    /** Larger than any application's description; smaller than what makes a parser slow. */
    private static final long MAXIMUM_BYTES = 1 << 20;

    private final Path file;
    private final Faults faults;

    private YamlReader(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /** The file's one mapping; empty when there is no file, or a fault has been collected instead. */
    static Optional<Node.Mapping> read(Path file, Faults faults) {
        return new YamlReader(file, faults).document();
    }

    private Optional<Node.Mapping> document() {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                fault(1, "the file has %d bytes, want at most %d".formatted(Files.size(file), MAXIMUM_BYTES));
                return Optional.empty();
            }
            try (var parser = new YAMLFactory().createParser(withoutByteOrderMark(Files.readString(file)))) {
                return document(parser);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            fault(Math.max(line, 1), "this is not YAML: " + firstLine(e.getOriginalMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure(Exit.USAGE, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private Optional<Node.Mapping> document(YAMLParser parser) throws IOException {
        if (parser.nextToken() == null) {
            fault(1, "the file is empty, want a block of keys");
            return Optional.empty();
        }
        var root = value(parser);
        if (parser.nextToken() != null) {
            fault(line(parser), "a second document begins here, want one");
        }
        if (root instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        faults.add(root.place(), "", "got %s, want a block of keys".formatted(root.shown()));
        return Optional.empty();
    }

    private Node value(YAMLParser parser) throws IOException {
        var place = new Place(file, line(parser));
        if (parser.isCurrentAlias()) {
            faults.add(place, "", "an alias stands here, want the value itself");
            return new Node.Null(place);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, place);
            case START_ARRAY -> sequence(parser, place);
            case VALUE_NULL -> new Node.Null(place);
            case VALUE_NUMBER_INT -> new Node.Literal(place, Node.Literal.Kind.WHOLE_NUMBER, parser.getText());
            case VALUE_NUMBER_FLOAT -> new Node.Literal(place, Node.Literal.Kind.FRACTION, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Node.Literal(place, Node.Literal.Kind.TRUTH, parser.getText());
            // An empty value (`key:`) arrives as empty text without quotes.
            default -> new Node.Text(place, parser.getText());
        };
    }

    private Node mapping(YAMLParser parser, Place place) throws IOException {
        var fields = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            var line = line(parser);
            parser.nextToken();
            var value = value(parser);
            var earlier = fields.putIfAbsent(key, value);
            if (earlier != null) {
                fault(
                        line,
                        "\"%s\" is given twice, first in line %d"
                                .formatted(key, earlier.place().line()));
            }
        }
        return new Node.Mapping(place, fields);
    }

    private Node sequence(YAMLParser parser, Place place) throws IOException {
        var elements = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Node.Sequence(place, elements);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private void fault(int line, String message) {
        faults.add(new Place(file, line), "", message);
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
