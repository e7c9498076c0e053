package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that posts for a fork: nothing that comes from there is believed. */
class PostScriptTest {
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
  private static final String MARKER = "<!-- codicil -->\n";

  @TempDir Path folder;
  private GithubStandIn github;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    Script.needs("bash", "curl", "jq", "unzip", "iconv");
    github = new GithubStandIn();
    environment.put("GITHUB_API_URL", github.url());
    environment.put("GITHUB_REPOSITORY", "shop/checkout");
    environment.put("GITHUB_TOKEN", "t0ken");
    environment.put("CODICIL_RETRY_SECONDS", "0");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("GITHUB_EVENT_PATH", folder.resolve("event.json").toString());
    event("pull_request", SHA);
    github.pull(7, "mallory:fix/a b", "mallory/checkout", SHA);
  }

  @AfterEach
  void stop() {
    if (github != null) {
      github.close();
    }
  }

  private void event(String kind, String sha) throws IOException {
    Files.writeString(
        folder.resolve("event.json"),
        """
        {"workflow_run": {"id": 99, "event": "%s", "head_sha": "%s", "head_branch": "fix/a b",
          "pull_requests": [{"number": 1}],
          "head_repository": {"full_name": "mallory/checkout", "owner": {"login": "mallory"}}}}
        """
            .formatted(kind, sha));
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("number.txt"));
      zip.write("1".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("../../evil.sh"));
      zip.write("no".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private Script.Ended post(String body) throws Exception {
    github.artifact(zip("comment.md", body.getBytes(StandardCharsets.UTF_8)), -1);
    return run();
  }

  private Script.Ended run() throws Exception {
    return new Script("post.sh", folder, environment).run();
  }

  private void isRefused(Script.Ended ended, String why) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(ExitCode.DATA);
    assertThat(ended.err()).contains(why);
    assertThat(github.requests("POST")).isEmpty();
  }

  @Test
  void itPostsToThePullRequestThatGitHubNames() throws Exception {
    Script.Ended ended = post(MARKER + "**FAIL** é, asked by @octocat, replay X@after/storm\n");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(github.requests("POST"))
        .containsExactly("POST /repos/shop/checkout/issues/7/comments");
    assertThat(github.bodies(GithubStandIn.BOT))
        .singleElement()
        .asString()
        .startsWith(MARKER + "_From a run of code of this pull request")
        .contains("**FAIL** é", "replay X@after/storm")
        .doesNotContain("@octocat");
  }

  @Test
  void aSecondRunWritesOverTheFirst() throws Exception {
    post(MARKER + "one");
    assertThat(post(MARKER + "two").exit()).isZero();

    assertThat(github.bodies(GithubStandIn.BOT)).singleElement().asString().endsWith("two");
  }

  @Test
  void aRunOfAnOlderCommitIsNotPosted() throws Exception {
    event("pull_request", "f".repeat(40));

    Script.Ended ended = post(MARKER + "old");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("no open pull request has commit ffffffffffff as its head");
    assertThat(github.requests("POST")).isEmpty();
  }

  @Test
  void aRunOfNoPullRequestIsNotPosted() throws Exception {
    event("push", SHA);

    assertThat(post(MARKER + "x").exit()).isZero();
    assertThat(github.requests("GET")).isEmpty();
  }

  @Test
  void theSameCommitInTwoPullRequestsIsNotGuessed() throws Exception {
    github.pull(8, "mallory:fix/a b", "mallory/checkout", SHA);

    Script.Ended ended = post(MARKER + "x");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("several open pull requests");
    assertThat(github.requests("POST")).isEmpty();
  }

  @Test
  void aRunWithoutAnArtifactIsToldAndNoFailure() throws Exception {
    Script.Ended ended = run();

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("has left no artifact called codicil");
  }

  @Test
  void whatIsTooLargeIsNotRead() throws Exception {
    github.artifact(zip("comment.md", new byte[1]), 60_000_000);
    isRefused(run(), "the artifact has 60000000 bytes");

    // a bomb: small as a zip
    isRefused(post(MARKER + "x".repeat(30_000_000)), "more than 262144 bytes");
  }

  @Test
  void whatIsNoTextIsNotPosted() throws Exception {
    github.artifact(zip("comment.md", new byte[] {'<', '!', 0, 'x'}), -1);
    isRefused(run(), "comment.md is no text");

    github.artifact(zip("comment.md", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)), -1);
    isRefused(run(), "comment.md is no text");

    github.artifact("no zip".getBytes(StandardCharsets.UTF_8), -1);
    isRefused(run(), "there is no comment.md in the artifact");

    github.artifact(zip("other.md", new byte[] {'x'}), -1);
    isRefused(run(), "there is no comment.md in the artifact");
  }

  @Test
  void theCommentOfAnotherCheckCannotBeWrittenOver() throws Exception {
    isRefused(
        post("<!-- codicil:release -->\nall is well"), "does not begin with <!-- codicil -->");
  }
}
