package dev.ephemera.demo;

import java.time.Duration;

/**
 * What a step of the demo came to.
 *
 * @param held whether the clouds show what the step promises
 * @param found what they show, in words
 */
record Step(String title, Duration duration, Sighting sighting, boolean held, String found) {}
