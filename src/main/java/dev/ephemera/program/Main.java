package dev.ephemera.program;

/** The program as it is, without an extension. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Program.run();
    }
}
