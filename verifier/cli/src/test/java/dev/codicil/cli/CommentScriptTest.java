package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that posts, against a stand-in of GitHub. */
class CommentScriptTest {
  private static final String MARKER = "<!-- codicil -->\n";
  private static final String BOT = GithubStandIn.BOT;

  @TempDir Path folder;
  private GithubStandIn github;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    Script.needs("bash", "curl", "jq");
    github = new GithubStandIn();
    environment.put("GITHUB_API_URL", github.url());
    environment.put("GITHUB_REPOSITORY", "shop/checkout");
    environment.put("GITHUB_TOKEN", "t0ken");
    environment.put("CODICIL_RETRY_SECONDS", "0");
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
  }

  @AfterEach
  void stop() {
    if (github != null) {
      github.close();
    }
  }

  private Script.Ended post(String body) throws Exception {
    Path file = Files.writeString(folder.resolve("comment.md"), body);
    return new Script("comment.sh", folder, environment).run("7", file.toString());
  }

  @Test
  void theFirstRunCreatesAndTheSecondWritesOverIt() throws Exception {
    assertThat(post(MARKER + "first").exit()).isZero();
    Script.Ended second = post(MARKER + "second");

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.out()).contains("updated the comment");
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "second");
    assertThat(github.requests("POST")).hasSize(1);
  }

  @Test
  void theCommentIsFoundOnTheSecondPage() throws Exception {
    for (int i = 0; i < 130; i++) {
      github.comment("ada", "a word");
    }
    github.comment(BOT, MARKER + "old");

    assertThat(post(MARKER + "new").exit()).isZero();

    assertThat(github.bodies(BOT)).containsExactly(MARKER + "new");
    assertThat(github.requests("POST")).isEmpty();
  }

  @Test
  void aCommentOfSomebodyElseWithTheMarkerIsLeftAlone() throws Exception {
    github.comment("mallory", MARKER + "all is well");

    assertThat(post(MARKER + "broken").exit()).isZero();

    assertThat(github.bodies("mallory")).containsExactly(MARKER + "all is well");
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "broken");
    assertThat(github.requests("PATCH")).isEmpty();
    assertThat(github.requests("DELETE")).isEmpty();
  }

  @Test
  void twoChecksOfOneRepositoryHaveACommentEach() throws Exception {
    post("<!-- codicil:portal -->\nportal");
    post("<!-- codicil -->\nall");
    post("<!-- codicil:portal-2 -->\nother");
    post("<!-- codicil:portal -->\nportal again");

    assertThat(github.bodies(BOT))
        .containsExactly(
            "<!-- codicil:portal -->\nportal again",
            "<!-- codicil -->\nall",
            "<!-- codicil:portal-2 -->\nother");
  }

  @Test
  void ofTwoRunsAtOnceOneCommentIsLeftWithWhatTheLaterOneSays() throws Exception {
    github.onCreate(() -> github.comment(BOT, MARKER + "of the other run"));

    Script.Ended ended = post(MARKER + "of this run");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("which another run has posted at the same time");
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "of this run");
    assertThat(github.ids()).containsExactly(1001L);
  }

  @Test
  void aTokenThatMayOnlyReadIsToldAndIsNoFailure() throws Exception {
    github.answerNext("POST", 403, "{\"message\":\"Resource not accessible by integration\"}");

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("the token may only read");
    assertThat(github.requests("POST")).hasSize(1);
    assertThat(folder.resolve("summary.md")).content().contains("The comment was not posted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aBadGatewayIsPassedOver(String method) throws Exception {
    if (method.equals("GET")) {
      github.answerNext("GET", 502, "<html>Bad Gateway</html>");
      github.answerNext("GET", 503, "");
    } else {
      github.answerNext("POST", 502, "<html>Bad Gateway</html>");
    }

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "body");
  }

  @Test
  void aCreationThatWasDoneThoughItSeemedToFailIsNotDoneTwice() throws Exception {
    github.doNextButAnswer("POST", 502);

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(github.requests("POST")).hasSize(1);
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "body");
  }

  @Test
  void aSecondaryRateLimitIsWaitedFor() throws Exception {
    github.answerNext(
        "POST",
        403,
        "{\"message\":\"You have exceeded a secondary rate limit\"}",
        Map.of("Retry-After", "0"));

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("GitHub answered 403; trying again in 0 s");
    assertThat(github.bodies(BOT)).containsExactly(MARKER + "body");
  }

  @Test
  void patienceEnds() throws Exception {
    for (int i = 0; i < 20; i++) {
      github.answerNext("POST", 500, "{\"message\":\"\\u001b[31moh\\n::error::no\"}");
    }

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(github.requests("POST")).hasSize(5);
    assertThat(ended.err()).contains("GitHub answered 500 5 times");
    assertThat(ended.err() + ended.out()).doesNotContain("::", "\u001b");
  }

  @Test
  void aServerThatIsNotThereIsOneClearError() throws Exception {
    github.close();

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).contains("the comments cannot be read: GitHub answered 000");
  }

  @Test
  void hostileTextIsPostedAsItIsAndReachesNoLog() throws Exception {
    String hostile =
        MARKER
            + "<script>alert(1)</script> \"quoted\" \\ $(id) `id` %0A\n::error::x\n##[error]y é\n";

    Script.Ended ended = post(hostile);

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(github.bodies(BOT)).containsExactly(hostile);
    assertThat(ended.out() + ended.err()).doesNotContain("::error", "##[", "script");
  }

  @Test
  void aBodyThatGitHubWouldRefuseIsRefusedBeforeAnythingIsSent() throws Exception {
    Script.Ended longOne = post(MARKER + "x".repeat(65_536));
    Script.Ended unmarked = post("no marker");
    Script.Ended exact = post(MARKER + "é".repeat(65_536 - MARKER.length()));

    assertThat(longOne.exit()).isEqualTo(ExitCode.DATA);
    assertThat(longOne.err()).contains("65553 characters, and GitHub takes 65536");
    assertThat(unmarked.exit()).isEqualTo(ExitCode.DATA);
    assertThat(unmarked.err()).contains("the first line must be the marker");
    assertThat(exact.exit()).as(exact.err()).isZero();
    assertThat(github.requests("POST")).hasSize(1);
  }

  @Test
  void whatIsNotWellFormedIsRefusedBeforeAnythingIsSent() throws Exception {
    Script.Ended number = new Script("comment.sh", folder, environment).run("7/../8", "comment.md");
    environment.put("GITHUB_API_URL", "http://example.org");
    Script.Ended plain = post(MARKER);
    environment.put("GITHUB_TOKEN", "a\"\nurl = \"http://example.org");
    Script.Ended token = post(MARKER);

    for (Script.Ended ended : List.of(number, plain, token)) {
      assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err().lines()).hasSize(1);
    }
    assertThat(github.requests("GET")).isEmpty();
  }

  @Test
  void aTokenThatIsNobodysIsNotTakenForOneThatMayOnlyRead() throws Exception {
    environment.put("GITHUB_TOKEN", "wrong");

    Script.Ended ended = post(MARKER + "body");

    assertThat(ended.exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ended.err())
        .contains("GitHub answered 401 (Bad credentials")
        .doesNotContain("wrong");
  }
}
