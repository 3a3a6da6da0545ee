package dev.ephemera.forge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** GitLab's answers as its documentation has them, the good ones and those that are none. */
class GitLabForgeTest {
    @RegisterExtension
    static final WireMockExtension GITLAB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static final String TOKEN = "glpat-planted";
    private static final String HEAD = "a".repeat(40);
    private static final String PROJECT = "/api/v4/projects/42";
    private static final String ALL = PROJECT + "/merge_requests";
    private static final String NOTES = ALL + "/7/notes";
    private static final String MARK = "<!-- mark -->";

    private Forge forge;

    @BeforeEach
    void open() {
        forge = Forge.at("gitlab", environment());
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT)).willReturn(okJson("{\"id\": 42, \"path\": \"shop\"}")));
    }

    private static Map<String, String> environment() {
        return Map.of("CI_PROJECT_ID", "42", "GITLAB_TOKEN", TOKEN, "CI_API_V4_URL", GITLAB.baseUrl() + "/api/v4");
    }

    private static String request(long number, String state, String source) {
        return """
                {"id": 9%1$d, "iid": %1$d, "state": "%2$s", "title": "a", "author": {"id": 5, "username": "ann"},
                 "labels": ["preview:%3$s"], "source_branch": "$(touch x)", "sha": "%3$s", "target_branch": "main",
                 "source_project_id": %4$s, "target_project_id": 42}""".formatted(number, state, HEAD, source);
    }

    private static String requests(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> request(number, "opened", "42"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A page as GitLab heads it. */
    private static ResponseDefinitionBuilder page(long first, long last, int page, int total) {
        var pages = (total + 99) / 100;
        return okJson(requests(first, last))
                .withHeader("X-Per-Page", "100")
                .withHeader("X-Page", String.valueOf(page))
                .withHeader("X-Next-Page", page < pages ? String.valueOf(page + 1) : "")
                .withHeader("X-Total", String.valueOf(total))
                .withHeader("X-Total-Pages", String.valueOf(pages));
    }

    private static void listed(int page, ResponseDefinitionBuilder answer) {
        GITLAB.stubFor(get(urlPathEqualTo(ALL))
                .withQueryParam("state", equalTo("opened"))
                .withQueryParam("page", equalTo(String.valueOf(page)))
                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder refusal(int status, String message) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"message\": \"" + message + "\"}");
    }

    private static ResponseDefinitionBuilder html(int status) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>the load balancer's</html>");
    }

    private static void assertFails(Exit exit, ThrowingCallable asked, String... words) {
        var thrown = assertThatThrownBy(asked).hasMessageNotContainingAny(TOKEN, "<html>");
        for (var word : words) {
            thrown.hasMessageContaining(word);
        }
        thrown.extracting(failure -> ((Failure) failure).exit()).isEqualTo(exit);
    }

    @Test
    void everyPageOfTheOpenOnesIsRead() {
        listed(1, page(1, 100, 1, 250));
        listed(2, page(101, 200, 2, 250));
        listed(3, page(201, 250, 3, 250));

        var answer = forge.open();

        assertThat(answer.complete()).isTrue();
        assertThat(answer.open()).hasSize(250).extracting(PullRequest::number).contains(1L, 250L);
        assertThat(answer.open().get(0))
                .isEqualTo(new PullRequest(1, true, HEAD, "$(touch x)", "ann", Set.of("preview:" + HEAD), false));
        GITLAB.verify(getRequestedFor(urlPathEqualTo(ALL))
                .withHeader("PRIVATE-TOKEN", equalTo(TOKEN))
                .withQueryParam("per_page", equalTo("100"))
                .withQueryParam("sort", equalTo("asc")));
    }

    @Test
    void noneAtAllIsAnAnswerToo() {
        listed(1, page(1, 0, 1, 0));
        assertThat(forge.open().open()).isEmpty();
    }

    @Test
    void aListThatIsTooLongToBeCountedIsReadToItsEnd() {
        listed(1, okJson(requests(1, 100)).withHeader("X-Per-Page", "100").withHeader("X-Next-Page", "2"));
        listed(2, okJson(requests(101, 200)).withHeader("X-Per-Page", "100").withHeader("X-Next-Page", "3"));
        listed(3, okJson(requests(201, 201)).withHeader("X-Per-Page", "100").withHeader("X-Next-Page", ""));
        assertThat(forge.open().open()).hasSize(201);
    }

    @Test
    void aPageThatDoesNotComeMakesNoShorterList() {
        listed(1, page(1, 100, 1, 120));
        for (var broken : List.of(
                html(502),
                refusal(404, "404 Not found"),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                okJson("[" + request(101, "opened", "42")),
                okJson("{}"),
                okJson("[null]"),
                okJson("[{\"iid\": 101, \"state\": \"opened\"}]"),
                html(200))) {
            listed(2, broken);
            assertFails(Exit.UNDECIDED, forge::open, "merge request");
        }
    }

    @Test
    void aListThatLacksSomeOfItsOwnCountIsNone() {
        listed(1, page(1, 100, 1, 120));
        // One of the first page was closed meanwhile, so that what was 101st is on no page.
        listed(2, page(102, 120, 2, 120));
        assertFails(Exit.UNDECIDED, forge::open, "it named 119 of 120", "run again");
        // The same one on both pages.
        listed(2, page(100, 119, 2, 120));
        assertFails(Exit.UNDECIDED, forge::open, "it named 119 of 120");
        listed(2, page(101, 110, 2, 120));
        assertFails(Exit.UNDECIDED, forge::open, "it named 110 of 120");
    }

    @Test
    void aFullPageWithoutAWordOfMoreIsNotTakenForTheLast() {
        listed(1, okJson(requests(1, 100)));
        listed(2, okJson(requests(101, 101)));
        assertFails(Exit.UNDECIDED, forge::open, "there are more than it counted");
        listed(2, okJson("[]"));
        assertThat(forge.open().open()).hasSize(100);
    }

    private static void single(long number, ResponseDefinitionBuilder answer) {
        GITLAB.stubFor(get(urlPathEqualTo(ALL + "/" + number)).willReturn(answer));
    }

    private static void allOf(long number, ResponseDefinitionBuilder answer) {
        GITLAB.stubFor(get(urlPathEqualTo(ALL))
                .withQueryParam("iids[]", equalTo(String.valueOf(number)))
                .withQueryParam("state", equalTo("all"))
                .willReturn(answer));
    }

    @Test
    void oneIsFoundWhetherOpenOrClosed() {
        for (var state : Map.of("opened", true, "locked", true, "closed", false, "merged", false)
                .entrySet()) {
            single(7, okJson(request(7, state.getKey(), "42")));
            assertThat(forge.find(7)).get().extracting(PullRequest::open).isEqualTo(state.getValue());
        }
        single(8, refusal(404, "404 Not found"));
        allOf(8, okJson("[]"));
        assertThat(forge.find(8)).isEmpty();
    }

    @Test
    void aStateThatNobodyKnowsIsNotClosed() {
        single(7, okJson(request(7, "archived", "42")));
        assertFails(Exit.UNDECIDED, () -> forge.find(7), "merge request 7 is \"archived\"");
        single(7, okJson("{}"));
        assertFails(Exit.UNDECIDED, () -> forge.find(7), "lacks its number, branch or author");
    }

    @Test
    void aBranchInAnotherProjectOrInNoneIsAFork() {
        single(7, okJson(request(7, "opened", "43")));
        single(8, okJson(request(8, "opened", "null")));
        assertThat(forge.find(7)).get().extracting(PullRequest::fork).isEqualTo(true);
        assertThat(forge.find(8)).get().extracting(PullRequest::fork).isEqualTo(true);
    }

    @Test
    void oneWhoseBranchIsGoneHasACommitThatNobodyHasBuilt() {
        single(7, okJson(request(7, "opened", "42").replace("\"sha\": \"" + HEAD + "\"", "\"sha\": null")));
        assertThat(forge.find(7)).get().extracting(PullRequest::head).isEqualTo("0".repeat(40));
    }

    @Test
    void aProjectThatTheTokenMayNotReadIsNoProofThatAnythingIsClosed() {
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT)).willReturn(refusal(404, "404 Project Not Found")));
        single(7, refusal(404, "404 Not found"));
        assertFails(Exit.CREDENTIALS, () -> forge.find(7), "no project 42 for this GITLAB_TOKEN");
        assertFails(Exit.CREDENTIALS, forge::open, "no project 42 for this GITLAB_TOKEN");
    }

    @Test
    void aTokenThatMayReadTheProjectButNotItsMergeRequestsProvesNothing() {
        single(7, refusal(404, "404 Not found"));
        allOf(7, refusal(403, "403 Forbidden"));
        assertFails(Exit.CREDENTIALS, () -> forge.find(7), "status 403", "may read merge requests");
    }

    @Test
    void whatIsNotGitLabsOwnAnswerIsNoProofThatOneIsAbsent() {
        allOf(7, okJson("[]"));
        for (var broken : List.of(
                html(404),
                html(200),
                html(403),
                refusal(500, "500 Internal Server Error"),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                okJson("{\"iid\": 7, \"sta"))) {
            single(7, broken);
            assertFails(
                    Exit.UNDECIDED, () -> forge.find(7), "GitLab did not say what the facts of merge request 7 are");
        }
    }

    @Test
    void aTokenThatIsNotValidOrMayNotIsTold() {
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT)).willReturn(refusal(401, "401 Unauthorized")));
        assertFails(Exit.CREDENTIALS, forge::open, "status 401", "want a GITLAB_TOKEN that is valid");
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT)).willReturn(refusal(403, "insufficient_scope")));
        assertFails(Exit.CREDENTIALS, forge::open, "status 403", "scope api");
    }

    @Test
    void aRateLimitIsWaitedForAsLongAsGitLabSays() {
        GITLAB.stubFor(get(urlPathEqualTo(ALL + "/7"))
                .inScenario("limit")
                .whenScenarioStateIs(STARTED)
                .willSetStateTo("over")
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "1")
                        .withBody("Retry later")));
        GITLAB.stubFor(get(urlPathEqualTo(ALL + "/7"))
                .inScenario("limit")
                .whenScenarioStateIs("over")
                .willReturn(okJson(request(7, "opened", "42"))));

        var started = System.nanoTime();
        assertThat(forge.find(7)).isPresent();
        assertThat(System.nanoTime() - started).isGreaterThan(900_000_000L);
    }

    @Test
    void aRateLimitThatDoesNotEndOrIsTooLongIsTold() {
        single(7, aResponse().withStatus(429).withHeader("Retry-After", "0"));
        assertFails(Exit.UNDECIDED, () -> forge.find(7), "status 429 (a rate limit)");
        GITLAB.verify(3, getRequestedFor(urlPathEqualTo(ALL + "/7")));

        single(8, aResponse().withStatus(429).withHeader("Retry-After", "3600"));
        assertFails(Exit.UNDECIDED, () -> forge.find(8), "status 429");
        GITLAB.verify(1, getRequestedFor(urlPathEqualTo(ALL + "/8")));
    }

    @Test
    void whatIsNotSetIsNamed() {
        assertFails(Exit.CREDENTIALS, () -> Forge.at("gitlab", Map.of()), "GITLAB_TOKEN is not set");
        assertFails(Exit.USAGE, () -> Forge.at("gitlab", Map.of("GITLAB_TOKEN", TOKEN)), "CI_PROJECT_ID is not set");
        for (var project : List.of("../../x/y", "shop", "acme/shop?x", "-1", "acme//shop")) {
            assertFails(
                    Exit.USAGE,
                    () -> Forge.at("gitlab", with("CI_PROJECT_ID", project)),
                    "CI_PROJECT_ID: got \"" + project + "\", want the project's number, or group/project");
        }
        for (var address : List.of("gitlab.example.com/api/v4", "https://u:" + TOKEN + "@x/api/v4", "https://x/api")) {
            assertFails(
                    Exit.USAGE,
                    () -> Forge.at("gitlab", with("CI_API_V4_URL", address)),
                    "CI_API_V4_URL is no address of a GitLab");
        }
    }

    /** GitLab CI says no other job's token than its own, which may not read merge requests. */
    @Test
    void onlyTheTokenThatWasGivenForItIsUsed() {
        var environment = new HashMap<>(environment());
        environment.remove("GITLAB_TOKEN");
        environment.put("CI_JOB_TOKEN", "glcbt-planted");
        assertFails(Exit.CREDENTIALS, () -> Forge.at("gitlab", environment), "GITLAB_TOKEN is not set");
    }

    private static Map<String, String> with(String name, String value) {
        var environment = new HashMap<>(environment());
        environment.put(name, value);
        return environment;
    }

    @Test
    void outsideOfCiTheProjectIsKnownByItsPathAndTheServerByItsAddress() {
        var environment = new HashMap<>(with("CI_PROJECT_ID", "acme/group/shop"));
        environment.remove("CI_API_V4_URL");
        environment.put("CI_SERVER_URL", GITLAB.baseUrl() + "/gitlab");
        GITLAB.stubFor(get(urlEqualTo("/gitlab/api/v4/projects/acme%2Fgroup%2Fshop"))
                .willReturn(okJson("{\"id\": 42, \"path\": \"shop\"}")));
        GITLAB.stubFor(get(urlPathEqualTo("/gitlab" + ALL + "/7")).willReturn(okJson(request(7, "opened", "42"))));
        assertThat(Forge.at("gitlab", environment).find(7)).isPresent();
    }

    private static String note(long id, long author, String body) {
        return "{\"id\": %d, \"body\": \"%s\", \"system\": false, \"author\": {\"id\": %d, \"username\": \"a\"}}"
                .formatted(id, body, author);
    }

    private static void notes(String... notes) {
        GITLAB.stubFor(get(urlPathEqualTo("/api/v4/user")).willReturn(okJson("{\"id\": 6, \"username\": \"bot\"}")));
        GITLAB.stubFor(get(urlPathEqualTo(NOTES))
                .willReturn(okJson("[" + String.join(",", notes) + "]").withHeader("X-Per-Page", "100")));
        GITLAB.stubFor(
                post(urlPathEqualTo(NOTES)).willReturn(okJson(note(2, 6, "x")).withStatus(201)));
        GITLAB.stubFor(put(urlPathEqualTo(NOTES + "/2")).willReturn(okJson(note(2, 6, "x"))));
    }

    @Test
    void theOneNoteIsMadeAndThenEditedAndSomebodysThatBeginsTheSameIsLeftAlone() {
        var foreign = note(1, 5, MARK + "\\nhttps://evil.example.com");
        notes(foreign);
        forge.say(7, MARK, "up");
        GITLAB.verify(1, postRequestedFor(urlPathEqualTo(NOTES)).withFormParam("body", equalTo(MARK + "\nup")));

        // GitLab keeps no white space at the end.
        notes(foreign, note(2, 6, MARK + "\\nup"));
        forge.say(7, MARK, "up\n");
        GITLAB.verify(0, putRequestedFor(anyUrl()));
        forge.say(7, MARK, "gone");
        GITLAB.verify(1, postRequestedFor(urlPathEqualTo(NOTES)));
        GITLAB.verify(1, putRequestedFor(urlPathEqualTo(NOTES + "/2")).withFormParam("body", equalTo(MARK + "\ngone")));
        GITLAB.verify(0, putRequestedFor(urlPathEqualTo(NOTES + "/1")));
    }

    @Test
    void theNoteIsFoundBehindAHundredOthers() {
        notes();
        var others = LongStream.rangeClosed(101, 200)
                .mapToObj(id -> note(id, 6, "a"))
                .toArray(String[]::new);
        for (int page = 1; page <= 2; page++) {
            GITLAB.stubFor(get(urlPathEqualTo(NOTES))
                    .withQueryParam("page", equalTo(String.valueOf(page)))
                    .willReturn(okJson("[" + (page == 1 ? String.join(",", others) : note(2, 6, MARK)) + "]")
                            .withHeader("X-Per-Page", "100")
                            .withHeader("X-Total", "101")
                            .withHeader("X-Total-Pages", "2")));
        }
        forge.say(7, MARK, "up");
        GITLAB.verify(0, postRequestedFor(anyUrl()));
        GITLAB.verify(1, putRequestedFor(urlPathEqualTo(NOTES + "/2")));
    }

    @Test
    void aNoteThatMayNotBeWrittenIsTold() {
        notes();
        GITLAB.stubFor(post(urlPathEqualTo(NOTES)).willReturn(refusal(403, "403 Forbidden")));
        assertFails(Exit.CREDENTIALS, () -> forge.say(7, MARK, "up"), "the notes of merge request 7", "status 403");
    }

    @Test
    void aRedirectTakesTheTokenNowhere() {
        var elsewhere = GITLAB.baseUrl().replace("127.0.0.1", "localhost") + "/elsewhere";
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT))
                .willReturn(aResponse().withStatus(302).withHeader("Location", elsewhere)));
        assertFails(Exit.UNDECIDED, () -> forge.find(7), "status 302 (it is elsewhere: want CI_API_V4_URL");
        GITLAB.verify(0, anyRequestedFor(urlPathEqualTo("/elsewhere")));
    }

    @Test
    void aJobHasEndedWhenGitLabSaysSoAndAnotherServersIsNobodysToJudge() {
        var address = GITLAB.baseUrl() + "/acme/shop/-/jobs/";
        Map.of(1, "running", 2, "canceled", 3, "success", 4, "failed", 5, "pending")
                .forEach((job, status) -> GITLAB.stubFor(get(urlPathEqualTo(PROJECT + "/jobs/" + job))
                        .willReturn(okJson("{\"id\": %d, \"status\": \"%s\"}".formatted(job, status)))));
        GITLAB.stubFor(get(urlPathEqualTo(PROJECT + "/jobs/6")).willReturn(refusal(404, "404 Not found")));
        assertThat(List.of(2, 3, 4)).allMatch(job -> forge.hasEnded(address + job));
        assertThat(List.of(1, 5, 6)).noneMatch(job -> forge.hasEnded(address + job));
        assertThat(forge.hasEnded("https://gitlab.example.com/acme/shop/-/jobs/2"))
                .isFalse();
    }
}
