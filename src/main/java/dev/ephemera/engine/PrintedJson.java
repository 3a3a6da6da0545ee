package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;

/**
 * What a command of Pulumi's has printed that prints JSON.
 *
 * @param text all of it, however much
 */
public record PrintedJson(Pulumi.Result result, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the command to its end. */
    public static PrintedJson of(Pulumi pulumi, String... arguments) {
        var lines = new ArrayList<String>();
        var result = pulumi.run(lines::add, arguments);
        return new PrintedJson(result, String.join("\n", lines));
    }

    /**
     * The JSON in it.
     *
     * @param begin its first character: a warning may stand before it
     */
    public JsonNode json(char begin) throws JsonProcessingException {
        return read(text, begin);
    }

    static JsonNode read(String text, char begin) throws JsonProcessingException {
        return JSON.readTree(text.substring(Math.max(0, text.indexOf(begin))));
    }
}
