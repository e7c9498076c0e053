package contracts

import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract
import org.springframework.cloud.contract.spec.withQueryParameters

contract {
  description = "A license that is there."
  priority = 1
  request {
    method = GET
    urlPath = path(
      value(consumer(regex("/licenses/[A-Z]-[0-9]+")), producer("/licenses/L-1"))
    ) withQueryParameters {
      parameter("fields", "id,state")
      parameter("limit", value(consumer(matching("[0-9]+")), producer(equalTo("10"))))
      parameter("debug", absent())
    }
    headers {
      accept = APPLICATION_JSON
      header("X-Trace", value(consumer(regex("[a-f0-9]{4}")), producer("beef")))
    }
    cookies {
      cookie("session", "abc")
    }
  }
  response {
    status = OK
    headers {
      header("Content-Type", "application/json")
      header("ETag", value(consumer("\"1\""), producer(regex("\"[0-9]+\""))))
    }
    body = body(
      "id" to value(consumer("L-1"), producer(regex("[A-Z]-[0-9]+"))),
      "state" to v(c("ACTIVE"), p(anyOf("ACTIVE", "EXPIRED"))),
      "seats" to 5,
      "owner" to mapOf(
        "name" to value(consumer("Ada"), producer(regex(nonBlank))),
        "two words" to true
      ),
      "tags" to listOf("a", "b"),
      "history" to listOf("2026-01-01", "2026-02-01").map { day ->
        mapOf("at" to v(c(day), p(isoDate)))
      },
      "checked" to v(c("x"), p(execute("isChecked(\$it)")))
    )
    bodyMatchers {
      jsonPath("$.seats", byType)
      jsonPath("$.tags", byType {
        minOccurrence(1)
        maxOccurrence(9)
      })
    }
  }
}
