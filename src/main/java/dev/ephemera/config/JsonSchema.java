package dev.ephemera.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ephemera.cost.PriceFile;
import dev.ephemera.model.AllowedSpec;
import dev.ephemera.model.ApplicationSpec;
import java.util.stream.Stream;

/**
 * What the files may say as JSON Schema (2020-12), for editors. It follows from the same {@link Shape} that the reader goes
 * by; what holds between blocks (references, one front door) only the reader can tell.
 */
public final class JsonSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Whether it is of an overlay, in which everything may be left out, and null removes. */
    private final boolean overlay;

    private JsonSchema(boolean overlay) {
        this.overlay = overlay;
    }

    /** Of {@code application.yaml}. */
    public static String ofApplication() {
        return ofApplication(ApplicationSpec.class);
    }

    /** Of the {@code application.yaml} of an extension that {@link ApplicationReader#read(java.nio.file.Path, Class)} reads. */
    public static String ofApplication(Class<? extends Record> type) {
        return new JsonSchema(false).document("The application as production runs it", type);
    }

    /** Of {@code preview.yaml}. */
    public static String ofPreview() {
        return ofPreview(ApplicationSpec.class);
    }

    /** Of the {@code preview.yaml} of an extension. */
    public static String ofPreview(Class<? extends Record> type) {
        return new JsonSchema(true)
                .document("What differs in a preview, laid over application.yaml; null removes", type);
    }

    /** Of {@code prices.yaml}. */
    public static String ofPrices() {
        return new JsonSchema(false).document("List prices that costs are estimated with", PriceFile.class);
    }

    private String document(String title, Class<? extends Record> type) {
        var root = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", title);
        var whole = schema(Shapes.of(type));
        if (overlay) {
            // What is allowed is not laid over anything.
            ((ObjectNode) whole.path("properties"))
                    .set(Layers.ALLOWED, new JsonSchema(false).schema(Shapes.of(AllowedSpec.class)));
        }
        root.setAll(whole);
        return root.toPrettyString() + "\n";
    }

    private ObjectNode schema(Shape shape) {
        if (shape instanceof Shape.Text text) {
            var schema = described(shape).put("type", "string");
            return text.form().pattern().isEmpty()
                    ? schema
                    : schema.put("pattern", text.form().pattern());
        }
        if (shape instanceof Shape.WholeNumber number) {
            return described(shape)
                    .put("type", "integer")
                    .put("minimum", number.least())
                    .put("maximum", number.most());
        }
        if (shape instanceof Shape.Truth) {
            return described(shape).put("type", "boolean");
        }
        if (shape instanceof Shape.Word word) {
            var schema = described(shape);
            var words = schema.putArray("enum");
            word.constants().keySet().forEach(words::add);
            return schema;
        }
        if (shape instanceof Shape.ListOf list) {
            // A list in an overlay replaces the one below it, so its elements are whole.
            var schema = JSON.objectNode().put("type", "array");
            schema.set("items", new JsonSchema(false).schema(list.element()));
            return schema;
        }
        if (shape instanceof Shape.MapOf map) {
            var schema = JSON.objectNode().put("type", "object");
            schema.putObject("propertyNames").put("pattern", map.name().pattern());
            schema.set("additionalProperties", removable(schema(map.value())));
            return schema;
        }
        return shape instanceof Shape.Either either ? either(either) : block((Shape.Block) shape);
    }

    private ObjectNode either(Shape.Either either) {
        var schema = JSON.objectNode();
        var kinds = schema.putArray("oneOf");
        either.text().ifPresent(text -> kinds.addObject().put("type", "string"));
        if (overlay) {
            // What is laid over a block need not have the key that says its kind, and may turn one kind into another.
            kinds.add(keys(either.keys()));
            return schema;
        }
        either.blocks().forEach((first, block) -> {
            var kind = block(block);
            if (!kind.has("required")) {
                kind.putArray("required").add(first);
            }
            kinds.add(kind);
        });
        return schema;
    }

    private ObjectNode block(Shape.Block block) {
        return keys(block.keys());
    }

    private ObjectNode keys(Stream<Shape.Key> keys) {
        var schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        var required = JSON.arrayNode();
        keys.forEach(key -> {
            var value = schema(key.shape());
            key.fallback().ifPresent(fallback -> value.set("default", fallback(key.shape(), fallback)));
            properties.set(key.name(), removable(value));
            if (key.isRequired() && !overlay) {
                required.add(key.name());
            }
        });
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode removable(ObjectNode value) {
        if (!overlay) {
            return value;
        }
        var schema = JSON.objectNode();
        var kinds = schema.putArray("anyOf");
        kinds.add(value);
        kinds.addObject().put("type", "null");
        return schema;
    }

    private static JsonNode fallback(Shape shape, String written) {
        if (shape instanceof Shape.WholeNumber) {
            return JSON.numberNode(Integer.parseInt(written));
        }
        return shape instanceof Shape.Truth ? JSON.booleanNode(Boolean.parseBoolean(written)) : JSON.textNode(written);
    }

    private static ObjectNode described(Shape shape) {
        return JSON.objectNode().put("description", shape.wanted());
    }
}
