/**
 * The main job shown from beginning to end: brings a pull request's environment up, changes it, takes it down, and looks up
 * what the clouds hold after each step.
 */
@NullMarked
package dev.ephemera.demo;

import org.jspecify.annotations.NullMarked;
