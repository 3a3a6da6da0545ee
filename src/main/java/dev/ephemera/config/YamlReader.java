package dev.ephemera.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML file into nodes. What means something else to some reader is refused: anchors, aliases, merge keys, tags, a
 * second document, a key given twice. A key is text as it is written.
 */
final class YamlReader {
    /** Larger than any application's description; smaller than what makes a parser slow. */
    private static final long MAXIMUM_BYTES = 1 << 20;

    /** The model's deepest key is at 7. */
    private static final int MAXIMUM_DEPTH = 32;

    /** As YAML 1.1, YAML 1.2 and JSON read it alike. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]*");

    private final Path file;
    private final Faults faults;

    private YamlReader(Path file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /**
     * The file's one block. Empty when there is no file; {@link Node.Refused} when faults have been collected instead. Faults
     * may have been collected beside a block too.
     */
    static Optional<Node> read(Path file, Faults faults) {
        try {
            return Optional.of(new YamlReader(file, faults).document());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failure(Exit.USAGE, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private Node document() throws IOException {
        var size = Files.size(file);
        if (size > MAXIMUM_BYTES) {
            return refused(1, "the file has %d bytes, want at most %d".formatted(size, MAXIMUM_BYTES));
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            return refused(1, "the file is not UTF-8");
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            var character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                var line = 1
                        + (int) text.substring(0, i)
                                .chars()
                                .filter(each -> each == '\n')
                                .count();
                return refused(
                        line, "the character U+%04X stands here, which YAML does not allow".formatted(character));
            }
        }
        try (var parser = new YAMLFactory().createParser(text)) {
            return document(parser);
        } catch (TooDeep e) {
            return refused(e.line, "nested more than %d deep, want less".formatted(MAXIMUM_DEPTH));
        } catch (JsonProcessingException e) {
            return notYaml(e);
        }
    }

    private Node document(YAMLParser parser) throws IOException {
        if (parser.nextToken() == null) {
            return refused(1, "the file is empty, want a block of keys");
        }
        var root = value(parser);
        if (parser.nextToken() != null) {
            fault(line(parser), "a second document begins here, want one");
        }
        if (root instanceof Node.Mapping || root instanceof Node.Refused) {
            return root;
        }
        return refused(root.place().line(), "got %s, want a block of keys".formatted(root.shown()));
    }

    private Node value(YAMLParser parser) throws IOException {
        var line = line(parser);
        if (parser.isCurrentAlias()) {
            return refused(line, "an alias stands here, want the value itself");
        }
        if (parser.getObjectId() != null) {
            fault(line, "an anchor stands here, want the value without it");
        }
        if (parser.getTypeId() != null) {
            parser.skipChildren();
            return refused(line, "a tag stands here, want the value without it");
        }
        if (parser.getParsingContext().getNestingDepth() > MAXIMUM_DEPTH) {
            throw new TooDeep(line);
        }
        var place = new Place(file, line);
        var text = parser.getText();
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, place);
            case START_ARRAY -> sequence(parser, place);
            case VALUE_NULL -> new Node.Null(place, !text.isEmpty());
            case VALUE_NUMBER_INT ->
                literal(
                        place,
                        text,
                        Node.Literal.Kind.WHOLE_NUMBER,
                        WHOLE_NUMBER.matcher(text).matches());
            case VALUE_NUMBER_FLOAT -> literal(place, text, Node.Literal.Kind.FRACTION, true);
            case VALUE_TRUE, VALUE_FALSE ->
                literal(place, text, Node.Literal.Kind.TRUTH, text.equals("true") || text.equals("false"));
            default -> new Node.Text(place, text);
        };
    }

    private static Node literal(Place place, String text, Node.Literal.Kind kind, boolean isPlain) {
        return new Node.Literal(place, isPlain ? kind : Node.Literal.Kind.AMBIGUOUS, text);
    }

    private Node mapping(YAMLParser parser, Place place) throws IOException {
        var fields = new LinkedHashMap<String, Node>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            var line = line(parser);
            parser.nextToken();
            var value = value(parser);
            if (key.equals("<<")) {
                fault(line, "a merge key (<<) stands here, want the keys themselves");
                continue;
            }
            var earlier = fields.putIfAbsent(key, value);
            if (earlier != null) {
                fault(
                        line,
                        "%s is given twice, first in line %d"
                                .formatted(Shown.quoted(key), earlier.place().line()));
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

    /** Jackson's own place is that of the last token before the trouble. */
    private Node notYaml(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return refused(marked.getProblemMark().getLine() + 1, "this is not YAML: " + marked.getProblem());
        }
        var line = e.getLocation() == null ? 1 : Math.max(e.getLocation().getLineNr(), 1);
        if (e instanceof StreamConstraintsException) {
            return refused(line, "a key is too long here, or blocks are nested too deep");
        }
        return refused(
                line,
                e instanceof JacksonYAMLParseException
                        ? "this is not YAML: " + firstLine(e.getOriginalMessage())
                        : "a key is a block, a list or an alias here, want text");
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private Node refused(int line, String message) {
        fault(line, message);
        return new Node.Refused(new Place(file, line));
    }

    private void fault(int line, String message) {
        faults.add(new Place(file, line), "", message);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Ends the reading of a file that would need a stack of its own. */
    private static final class TooDeep extends IOException {
        private final int line;

        TooDeep(int line) {
            this.line = line;
        }
    }
}
