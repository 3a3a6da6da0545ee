package dev.ephemera.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.pulumi.Log;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.core.internal.OutputData;
import com.pulumi.resources.InputArgs;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the SDK's typed values say, as plain JSON. Secrets stay out of it. */
final class PlainValue {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the engine has in the place of a value that it does not know yet. It is not absent: absent things have defaults. */
    private static final JsonNode NOT_KNOWN = TextNode.valueOf("04da6b54-80e4-46f7-96ec-b56ff0331ba9");

    private PlainValue() {}

    /** Waits for all of it. */
    static CompletableFuture<JsonNode> of(@Nullable Object value) {
        if (value == null) {
            return done(NullNode.getInstance());
        }
        if (value instanceof Output<?> output) {
            return data(output).thenCompose(PlainValue::of);
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof Either<?, ?> either) {
            return either.either(PlainValue::of, PlainValue::of);
        }
        if (value instanceof InputArgs args) {
            return Internal.from(args).toMapAsync(Log.ignore()).thenCompose(PlainValue::of);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> list) {
            return all(list, parts -> JsonNodeFactory.instance.arrayNode().addAll(parts));
        }
        var isPlain = value instanceof String || value instanceof Number || value instanceof Boolean;
        return done(isPlain ? JSON.valueToTree(value) : NOT_KNOWN);
    }

    private static <T> CompletableFuture<OutputData<T>> data(Output<T> output) {
        return Internal.of(output).getDataAsync();
    }

    private static CompletableFuture<JsonNode> of(OutputData<?> data) {
        return data.isKnown() && !data.isSecret() ? of(data.getValueNullable()) : done(NOT_KNOWN);
    }

    private static CompletableFuture<JsonNode> map(Map<?, ?> map) {
        var present = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> present.put(String.valueOf(key), value));
        return all(present.values(), parts -> {
            var node = JsonNodeFactory.instance.objectNode();
            var part = parts.iterator();
            present.keySet().forEach(key -> {
                var value = part.next();
                if (!value.isNull()) {
                    node.set(key, value);
                }
            });
            return node;
        });
    }

    private static CompletableFuture<JsonNode> all(Collection<?> values, Function<List<JsonNode>, JsonNode> together) {
        var parts = values.stream().map(PlainValue::of).toList();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> together.apply(
                        parts.stream().map(CompletableFuture::join).toList()));
    }

    private static CompletableFuture<JsonNode> done(JsonNode value) {
        return CompletableFuture.completedFuture(value);
    }
}
