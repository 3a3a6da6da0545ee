/**
 * Stands in for the AWS provider plugin: the same tokens over the same protocol, the same calls on the AWS API.
 *
 * <p>An engine attaches to one process ({@link dev.ephemera.sandbox.aws.AwsProvider}) over a connection for each of its
 * provider instances; what belongs to one instance hangs on its connection. What is not served is refused by its name.
 *
 * <p>Where it differs from the official provider on purpose:
 *
 * <ul>
 *   <li>Waits are shorter by one factor, which makes a restore as long as the sandbox was told. Custom timeouts are real
 *       time.
 *   <li>Credentials and the endpoint come from the settings or from this process's own environment, never from profiles,
 *       roles or machine metadata: an engine that attaches does not hand over its environment.
 *   <li>An update that fails leaves the engine's state as it was, so that the next update tries again. The official
 *       provider may record values there that AWS has refused.
 *   <li>A difference names the property as a whole ({@code tags}), not the place within it.
 * </ul>
 */
@NullMarked
package dev.ephemera.sandbox.aws;

import org.jspecify.annotations.NullMarked;
