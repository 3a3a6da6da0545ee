package dev.ephemera.sandbox.aws;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.rpc.Status;
import dev.ephemera.failure.Failure;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** Sends what a call came to: its answer, or its failure in the official provider's frame. */
final class Answers {
    // Of gRPC's codes: what Go's errors without a code of their own become, and what is the provider's own mistake.
    private static final int UNKNOWN = 2;
    private static final int INTERNAL = 13;

    private Answers() {}

    /** Something that exists although the call failed, ready for the engine's state. */
    static final class Recorded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String id;
        private final transient Struct outputs;

        Recorded(HalfMade half, Struct outputs) {
            super(half.getMessage(), half);
            this.id = half.id();
            this.outputs = outputs;
        }
    }

    /**
     * Does the work and sends what it comes to.
     *
     * @param doing what failed, should it fail; empty for no frame around the failure
     */
    static <T> void send(StreamObserver<T> observer, String doing, Supplier<T> work) {
        try {
            observer.onNext(work.get());
            observer.onCompleted();
        } catch (Recorded recorded) {
            var message = message(doing, recorded.getMessage());
            var detail = ErrorResourceInitFailed.newBuilder()
                    .setId(recorded.id)
                    .setProperties(recorded.outputs)
                    .addReasons(message)
                    .build();
            fail(
                    observer,
                    Status.newBuilder().setCode(UNKNOWN).setMessage(message).addDetails(Any.pack(detail)));
        } catch (Failure | AwsFailure | WaitFailure failure) {
            fail(observer, Status.newBuilder().setCode(UNKNOWN).setMessage(message(doing, failure.getMessage())));
        } catch (RuntimeException mistake) {
            // Ours, not the user's: named in one sentence, so that it can be reported.
            var sentence = message(doing, "the sandbox's AWS provider made a mistake: " + mistake);
            fail(observer, Status.newBuilder().setCode(INTERNAL).setMessage(sentence));
        }
    }

    private static void fail(StreamObserver<?> observer, Status.Builder status) {
        observer.onError(StatusProto.toStatusRuntimeException(status.build()));
    }

    private static String message(String doing, @Nullable String failure) {
        return doing.isEmpty() ? String.valueOf(failure) : doing + ": 1 error occurred:\n\t* " + failure + "\n\n";
    }
}
