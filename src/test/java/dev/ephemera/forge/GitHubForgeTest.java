package dev.ephemera.forge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** GitHub's answers as its documentation has them, the good ones and those that are none. */
class GitHubForgeTest {
    @RegisterExtension
    static final WireMockExtension GITHUB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static final String TOKEN = "ghs_planted";
    private static final String HEAD = "a".repeat(40);
    private static final String REPOSITORY = "/repos/acme/shop";
    private static final String PULLS = REPOSITORY + "/pulls";
    private static final String OWN =
            "{\"id\": 1, \"name\": \"shop\", \"full_name\": \"acme/shop\", \"owner\": {\"login\": \"acme\"}}";

    private Forge forge;

    @BeforeEach
    void open() {
        forge = Forge.at("github", environment());
        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY)).willReturn(okJson(OWN)));
    }

    private static Map<String, String> environment() {
        return Map.of("GITHUB_REPOSITORY", "acme/shop", "GITHUB_TOKEN", TOKEN, "GITHUB_API_URL", GITHUB.baseUrl());
    }

    private static String pull(long number, String state, String repository) {
        return """
                {"id": %1$d, "number": %1$d, "state": "%2$s", "title": "a", "user": {"login": "ann"},
                 "labels": [{"id": 1, "name": "preview:%3$s"}],
                 "head": {"ref": "$(touch x)", "sha": "%3$s", "repo": %4$s},
                 "base": {"ref": "main", "repo": %5$s}}""".formatted(number, state, HEAD, repository, OWN);
    }

    private static ResponseDefinitionBuilder page(long first, long last) {
        return okJson(LongStream.rangeClosed(first, last)
                .mapToObj(number -> pull(number, "open", OWN))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private static String next(int page) {
        return "<%s%s?state=open&per_page=100&page=%d>; rel=\"next\"".formatted(GITHUB.baseUrl(), PULLS, page);
    }

    private static void listed(int page, ResponseDefinitionBuilder answer) {
        var request = get(urlPathEqualTo(PULLS)).withQueryParam("state", equalTo("open"));
        // The first page is asked for without a number.
        GITHUB.stubFor((page == 1 ? request.atPriority(10) : request.withQueryParam("page", equalTo("" + page)))
                .willReturn(answer));
    }

    private static void assertFails(Exit exit, ThrowingCallable asked, String... words) {
        var thrown = assertThatThrownBy(asked).hasMessageNotContaining(TOKEN);
        for (var word : words) {
            thrown.hasMessageContaining(word);
        }
        thrown.extracting(failure -> ((Failure) failure).exit()).isEqualTo(exit);
    }

    @Test
    void everyPageOfTheOpenOnesIsRead() {
        listed(1, page(1, 100).withHeader("Link", next(2)));
        listed(2, page(101, 200).withHeader("Link", next(3)));
        listed(3, page(201, 250));

        var answer = forge.open();

        assertThat(answer.complete()).isTrue();
        assertThat(answer.open()).hasSize(250).extracting(PullRequest::number).contains(1L, 250L);
        assertThat(answer.open().get(0))
                .isEqualTo(new PullRequest(1, true, HEAD, "$(touch x)", "ann", Set.of("preview:" + HEAD), false));
        GITHUB.verify(getRequestedFor(urlPathEqualTo(PULLS)).withQueryParam("per_page", equalTo("100")));
    }

    @Test
    void aPageThatDoesNotComeMakesNoShorterList() {
        listed(1, page(1, 100).withHeader("Link", next(2)));
        for (var broken : new ResponseDefinitionBuilder[] {
            aResponse().withStatus(502),
            aResponse().withStatus(404).withBody("{\"message\": \"Not Found\"}"),
            aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
            okJson("[" + pull(101, "open", OWN)),
            aResponse().withStatus(200).withHeader("Content-Type", "text/html").withBody("<html>Unicorn!</html>")
        }) {
            listed(2, broken);
            assertFails(Exit.UNDECIDED, forge::open, "GitHub did not say what the open pull requests are");
        }
    }

    /** The first answer is this one, each further one GitHub's own. */
    private static void first(ResponseDefinitionBuilder answer) {
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/7"))
                .inScenario("trouble")
                .whenScenarioStateIs(STARTED)
                .willSetStateTo("over")
                .willReturn(answer));
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/7"))
                .inScenario("trouble")
                .whenScenarioStateIs("over")
                .willReturn(okJson(pull(7, "open", OWN))));
        GITHUB.resetScenarios();
    }

    @Test
    void whatIsOverInAMomentIsAskedAgain() {
        for (var trouble : new ResponseDefinitionBuilder[] {
            aResponse().withStatus(502),
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
            aResponse().withStatus(403).withHeader("Retry-After", "1").withBody("{\"message\": \"secondary limit\"}")
        }) {
            first(trouble);
            assertThat(forge.find(7)).isPresent();
        }
        first(aResponse().withStatus(403).withHeader("Retry-After", "3600").withBody("{\"message\": \"limit\"}"));
        assertFails(Exit.UNDECIDED, () -> forge.find(7), "status 403");
    }

    @Test
    void oneIsFoundWhetherOpenOrClosed() {
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/7")).willReturn(okJson(pull(7, "closed", OWN))));
        assertThat(forge.find(7)).get().extracting(PullRequest::open).isEqualTo(false);

        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/8"))
                .willReturn(aResponse().withStatus(404).withBody("{\"message\": \"Not Found\"}")));
        assertThat(forge.find(8)).isEmpty();
    }

    @Test
    void aHeadInAnotherRepositoryOrInNoneIsAFork() {
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/7"))
                .willReturn(okJson(pull(7, "open", "{\"id\": 2, \"name\": \"shop\", \"full_name\": \"eve/shop\"}"))));
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/8")).willReturn(okJson(pull(8, "open", "null"))));
        assertThat(forge.find(7)).get().extracting(PullRequest::fork).isEqualTo(true);
        assertThat(forge.find(8)).get().extracting(PullRequest::fork).isEqualTo(true);
    }

    @Test
    void aRepositoryThatTheTokenMayNotReadIsNoProofThatAnythingIsClosed() {
        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY))
                .willReturn(aResponse().withStatus(404).withBody("{\"message\": \"Not Found\"}")));
        assertFails(Exit.CREDENTIALS, () -> forge.find(7), "no repository acme/shop for this GITHUB_TOKEN");
        assertFails(Exit.CREDENTIALS, forge::open, "no repository acme/shop for this GITHUB_TOKEN");
    }

    @Test
    void aTokenThatIsNotValidAndARateLimitAreTold() {
        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY))
                .willReturn(aResponse().withStatus(401).withBody("{\"message\": \"Bad credentials\"}")));
        assertFails(Exit.CREDENTIALS, forge::open, "status 401", "want a GITHUB_TOKEN that is valid");

        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("X-RateLimit-Limit", "5000")
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader("X-RateLimit-Reset", "4102444800")
                        .withBody("{\"message\": \"API rate limit exceeded\"}")));
        assertFails(Exit.UNDECIDED, forge::open, "status 403", "rate limit");
    }

    @Test
    void whatIsNotSetIsNamed() {
        assertFails(Exit.CREDENTIALS, () -> Forge.at("github", Map.of()), "GITHUB_TOKEN is not set");
        assertFails(
                Exit.USAGE, () -> Forge.at("github", Map.of("GITHUB_TOKEN", TOKEN)), "GITHUB_REPOSITORY is not set");
        assertFails(
                Exit.USAGE,
                () -> Forge.at("github", Map.of("GITHUB_TOKEN", TOKEN, "GITHUB_REPOSITORY", "../../x/y")),
                "GITHUB_REPOSITORY: got \"../../x/y\", want owner/name");
    }

    private static String comment(long id, String author, String type, String body) {
        return "{\"id\": %d, \"body\": \"%s\", \"user\": {\"login\": \"%s\", \"type\": \"%s\"}}"
                .formatted(id, body, author, type);
    }

    private static void comments(String... comments) {
        GITHUB.stubFor(get(urlPathEqualTo(PULLS + "/7")).willReturn(okJson(pull(7, "open", OWN))));
        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY + "/issues/7/comments"))
                .willReturn(okJson("[" + String.join(",", comments) + "]")));
        GITHUB.stubFor(post(urlPathEqualTo(REPOSITORY + "/issues/7/comments"))
                .willReturn(okJson(comment(9, "github-actions[bot]", "Bot", "x"))));
        GITHUB.stubFor(patch(urlPathEqualTo(REPOSITORY + "/issues/comments/2"))
                .willReturn(okJson(comment(2, "github-actions[bot]", "Bot", "x"))));
    }

    @Test
    void theOneCommentIsMadeAndThenEditedAndASomebodysThatBeginsTheSameIsLeftAlone() {
        comments(comment(1, "eve", "User", "<!-- mark -->\\nhttps://evil.example.com"));
        forge.say(7, "<!-- mark -->", "up");
        GITHUB.verify(
                1,
                postRequestedFor(urlPathEqualTo(REPOSITORY + "/issues/7/comments"))
                        .withRequestBody(matchingJsonPath("$.body", equalTo("<!-- mark -->\nup"))));

        comments(
                comment(1, "eve", "User", "<!-- mark -->\\nhttps://evil.example.com"),
                comment(2, "github-actions[bot]", "Bot", "<!-- mark -->\\nup"));
        forge.say(7, "<!-- mark -->", "up");
        forge.say(7, "<!-- mark -->", "gone");
        GITHUB.verify(1, postRequestedFor(urlPathEqualTo(REPOSITORY + "/issues/7/comments")));
        GITHUB.verify(
                1,
                patchRequestedFor(urlPathEqualTo(REPOSITORY + "/issues/comments/2"))
                        .withRequestBody(matchingJsonPath("$.body", equalTo("<!-- mark -->\ngone"))));
    }

    private void assertThatARunHasEnded(boolean ended, String status, int attempt) {
        GITHUB.stubFor(get(urlPathEqualTo(REPOSITORY + "/actions/runs/77"))
                .willReturn(
                        okJson("{\"id\": 77, \"status\": \"%s\", \"run_attempt\": %d}".formatted(status, attempt))));
        assertThat(forge.hasEnded("https://github.com/acme/shop/actions/runs/77/attempts/1"))
                .as("%s, attempt %d", status, attempt)
                .isEqualTo(ended);
    }

    @Test
    void aRunHasEndedWhenGitHubSaysSoOrHasBegunItAnew() {
        assertThatARunHasEnded(true, "completed", 1);
        assertThatARunHasEnded(false, "in_progress", 1);
        assertThatARunHasEnded(false, "queued", 1);
        assertThatARunHasEnded(true, "in_progress", 2);
    }

    @Test
    void anotherRepositorysRunIsNobodysToJudge() {
        assertThat(forge.hasEnded("https://github.com/acme/shop-eu/actions/runs/77/attempts/1"))
                .isFalse();
        assertThat(forge.hasEnded("https://github.example.com/acme/shop/actions/runs/77/attempts/1"))
                .as("another server's")
                .isFalse();
        assertThat(forge.hasEnded("https://gitlab.example.com/acme/shop/-/jobs/77"))
                .isFalse();
    }

    private static final String DEPLOYMENTS = REPOSITORY + "/deployments";

    private static String statuses(long id) {
        return "%s/%d/statuses".formatted(DEPLOYMENTS, id);
    }

    private record Deployed(long id, String newestStatus) {}

    /** As GitHub lists them. */
    private static void deployments(Deployed... newestFirst) {
        var listed = Arrays.stream(newestFirst)
                .map(each -> "{\"id\": %d, \"environment\": \"preview/pr-7\", \"statuses_url\": \"%s\"}"
                        .formatted(each.id(), GITHUB.baseUrl() + statuses(each.id())))
                .collect(Collectors.joining(",", "[", "]"));
        GITHUB.stubFor(get(urlPathEqualTo(DEPLOYMENTS))
                .withQueryParam("environment", equalTo("preview/pr-7"))
                .willReturn(okJson(listed)));
        for (var each : newestFirst) {
            GITHUB.stubFor(get(urlPathEqualTo(statuses(each.id())))
                    .willReturn(okJson("[{\"id\": 1, \"state\": \"%s\"}]".formatted(each.newestStatus()))));
            GITHUB.stubFor(post(urlPathEqualTo(statuses(each.id())))
                    .willReturn(okJson("{\"id\": 2, \"state\": \"pending\"}").withStatus(201)));
        }
    }

    private static void assertSaid(int times, long id, String state) {
        GITHUB.verify(
                times,
                postRequestedFor(urlPathEqualTo(statuses(id)))
                        .withRequestBody(matchingJsonPath("$.state", equalTo(state))));
    }

    @Test
    void anUpdateThatBeginsIsAPendingTransientDeploymentOfTheCommit() {
        deployments(new Deployed(1, ""));
        GITHUB.stubFor(post(urlPathEqualTo(DEPLOYMENTS))
                .willReturn(okJson("{\"id\": 1}").withStatus(201)));

        forge.show(7, HEAD, Progress.BEGUN, Optional.empty());

        GITHUB.verify(
                1,
                postRequestedFor(urlPathEqualTo(DEPLOYMENTS))
                        .withRequestBody(matchingJsonPath("$.ref", equalTo(HEAD)))
                        .withRequestBody(matchingJsonPath("$.environment", equalTo("preview/pr-7")))
                        .withRequestBody(matchingJsonPath("$[?(@.transient_environment == true)]"))
                        .withRequestBody(matchingJsonPath("$[?(@.production_environment == false)]"))
                        .withRequestBody(matchingJsonPath("$[?(@.auto_merge == false)]"))
                        .withRequestBody(matchingJsonPath("$.required_contexts.size()", equalTo("0"))));
        assertSaid(1, 1, "pending");
    }

    @Test
    void whatIsUpHasItsAddressAndTheOnesBeforeAreOver() {
        deployments(
                new Deployed(4, "pending"),
                new Deployed(3, "failure"),
                new Deployed(2, "success"),
                new Deployed(1, "inactive"));

        forge.show(7, HEAD, Progress.UP, Optional.of("https://pr-7.preview.example.com"));

        GITHUB.verify(
                1,
                postRequestedFor(urlPathEqualTo(statuses(4)))
                        .withRequestBody(matchingJsonPath("$.state", equalTo("success")))
                        .withRequestBody(
                                matchingJsonPath("$.environment_url", equalTo("https://pr-7.preview.example.com"))));
        assertSaid(1, 3, "inactive");
        assertSaid(1, 2, "inactive");
        GITHUB.verify(0, postRequestedFor(urlPathEqualTo(statuses(1))));
    }

    @Test
    void whatHasFailedLeavesTheOneBeforeAsItIs() {
        deployments(new Deployed(2, "pending"), new Deployed(1, "success"));
        forge.show(7, HEAD, Progress.FAILED, Optional.empty());
        assertSaid(1, 2, "failure");
        GITHUB.verify(0, postRequestedFor(urlPathEqualTo(statuses(1))));
    }

    @Test
    void whatIsGoneIsInactiveAndSaidSoOnce() {
        deployments(new Deployed(2, "success"), new Deployed(1, "inactive"));
        forge.show(7, "", Progress.GONE, Optional.empty());
        assertSaid(1, 2, "inactive");

        deployments(new Deployed(2, "inactive"), new Deployed(1, "inactive"));
        forge.show(7, "", Progress.GONE, Optional.empty());
        assertSaid(1, 2, "inactive");
        GITHUB.verify(0, postRequestedFor(urlPathEqualTo(statuses(1))));
    }

    @Test
    void aTokenThatMayNotDeployIsTold() {
        GITHUB.stubFor(post(urlPathEqualTo(DEPLOYMENTS))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("{\"message\": \"Resource not accessible by integration\"}")));
        assertFails(
                Exit.UNDECIDED,
                () -> forge.show(7, HEAD, Progress.BEGUN, Optional.empty()),
                "the deployments of preview/pr-7",
                "a GITHUB_TOKEN that may not");
    }
}
