package dev.ephemera.doctor;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;

/**
 * What one check has found.
 *
 * @param check what was looked at
 * @param remedy what to do about it; blank where there is nothing to do, or where {@code found} says it
 * @param exit what a verb would end with for this reason; {@link Exit#DONE} where it is no fault
 */
public record Finding(String check, Level level, String found, String remedy, Exit exit) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** An environment comes up all the same, or it could not be looked at. */
        WARNING,
        /** None does. */
        FAULT
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "", Exit.DONE);
    }

    static Finding warning(String check, String found, String remedy) {
        return new Finding(check, Level.WARNING, found, remedy, Exit.DONE);
    }

    static Finding fault(String check, Exit exit, String found, String remedy) {
        return new Finding(check, Level.FAULT, found, remedy, exit);
    }

    /** That somebody did not answer, or not well; the failure's sentence says what to do. */
    static Finding failed(String check, Failure failure) {
        return fault(check, failure.exit(), String.valueOf(failure.getMessage()), "");
    }

    /** A fault elsewhere hides it. */
    static Finding unseen(String check, String because) {
        return warning(check, "not looked at: " + because, "");
    }
}
