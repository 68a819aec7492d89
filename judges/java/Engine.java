import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.Session;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.sql.parser.SqlParser;
import io.trino.testing.MaterializedResult;
import io.trino.testing.StandaloneQueryRunner;
import io.trino.testing.TestingSession;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trino in one process, its tables in memory. A statement a line (JSON) comes in; columns and rows, or the refusal, go out. */
public class Engine {
  public static void main(String[] args) throws Exception {
    var json = new ObjectMapper();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    var parser = new SqlParser();
    Session session =
        TestingSession.testSessionBuilder()
            .setCatalog("lake")
            .setSchema("session")
            .setSystemProperty("task_concurrency", "1")
            .setSystemProperty("task_min_writer_count", "1")
            .setSystemProperty("scale_writers", "false")
            .build();
    try (var trino = new StandaloneQueryRunner(session)) {
      trino.installPlugin(new MemoryPlugin());
      trino.createCatalog("lake", "memory", Map.of("memory.max-data-per-node", "512MB"));
      for (String line; (line = in.readLine()) != null; ) {
        var asked = json.readTree(line);
        var answer = new LinkedHashMap<String, Object>();
        try {
          parser.createStatement(asked.get("sql").asText());
          if (!asked.path("parse").asBoolean()) run(trino, session, asked.get("sql").asText(), answer);
        } catch (RuntimeException refused) {
          answer.put("refused", String.valueOf(refused.getMessage()));
        }
        out.println(json.writeValueAsString(answer));
      }
    }
    // Trino's own threads would keep the process
    System.exit(0);
  }

  private static void run(StandaloneQueryRunner trino, Session session, String sql, Map<String, Object> answer) {
    MaterializedResult result = trino.execute(session, sql);
    if (result.getUpdateType().isPresent()) return;
    answer.put("columns", result.getColumnNames());
    answer.put(
        "rows",
        result.getMaterializedRows().stream()
            .map(row -> row.getFields().stream().map(value -> value == null ? null : value.toString()).toList())
            .toList());
  }
}
