/**
 * {@code ci/chaos}: random lives of pull requests with faults in between, against the sandbox, and a checker that compares
 * the clouds with the forge afterwards. It drives {@code ci/ephemera} from outside and knows none of our other rooms: what the
 * product believes of names, marks and clouds must not be what it is checked by.
 */
package dev.ephemera.chaos;
