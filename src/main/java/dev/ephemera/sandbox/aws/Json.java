package dev.ephemera.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** JSON inside the protocol: nested provider settings come as texts, and the schema goes as one. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** The value that the text says; the text itself where it is no JSON, such as a region's name. */
    static Object parse(String text) {
        try {
            var value = MAPPER.readValue(text, Object.class);
            return value == null ? "" : value;
        } catch (JsonProcessingException plainText) {
            return text;
        }
    }

    static String print(Map<String, ?> value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps, lists and texts can always be printed", impossible);
        }
    }
}
