package dev.ephemera.toolchain;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The one thing this room does with JSON: several megabytes copied without white space. */
final class Json {
    private Json() {}

    /** {@code set} replaces, or adds, text fields of the outermost object. */
    static void minify(Path source, Path target, Map<String, String> set) throws IOException {
        var factory = new JsonFactory();
        try (JsonParser in = factory.createParser(source.toFile());
                JsonGenerator out = factory.createGenerator(target.toFile(), JsonEncoding.UTF8)) {
            in.nextToken();
            out.writeStartObject();
            for (Map.Entry<String, String> field : set.entrySet()) {
                out.writeStringField(field.getKey(), field.getValue());
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (set.containsKey(name)) {
                    in.skipChildren();
                } else {
                    out.writeFieldName(name);
                    out.copyCurrentStructureExact(in);
                }
            }
            out.writeEndObject();
        }
    }
}
