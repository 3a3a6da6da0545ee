package dev.ephemera.operations;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.StackName;
import java.util.List;

/** That a project has as many environments as it may have. */
final class NoRoom extends Failure {
    private static final long serialVersionUID = 1;

    NoRoom(StackName stack, List<String> others, int most) {
        super(
                Exit.REFUSED,
                "%s would be one environment too many: there are %d (%s), want %d at most (lifetime.most); nothing was made; destroy one, and run again"
                        .formatted(stack, others.size(), String.join(", ", others), most));
    }
}
