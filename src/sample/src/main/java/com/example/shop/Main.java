package com.example.shop;

import java.util.Map;

/** How each of the shop's programs begins and, when it cannot go on, ends. */
public final class Main {
    /** A program: it returns when it is done, or leaves threads that serve. */
    public interface Program {
        void run(Map<String, String> environment) throws Exception;
    }

    private Main() {}

    /** Runs {@code program}; what stops it is said in one line, without its stack. */
    public static void run(String name, Program program) {
        System.out.println(name + " " + Release.VERSION);
        try {
            program.run(System.getenv());
        } catch (Exception e) {
            System.err.println(name + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            System.exit(1);
        }
    }
}
