import org.springframework.cloud.contract.spec.Contract
import org.springframework.cloud.contract.spec.ContractDsl

fun gone(): Contract = ContractDsl.contract {
  name = "gone"
  request {
    method = DELETE
    url = url(
      consumer(regex("/licenses/(?:[A-Z]-[0-9]+)")), producer("/licenses/L-9")
    )
  }
  response { status = code(204) }
}

val json = "application/json"

listOf(
  ContractDsl.contract {
    request {
      method = method("POST")
      url = url("/licenses")
      headers { header("Content-Type", json) }
      body = bodyFromFile("bodies/new.json")
      bodyMatchers { jsonPath("$.plan", byRegex("[a-z]+")) }
    }
    response {
      status = CREATED
      headers { header("Content-Type", json) }
      body = body(
        mapOf(
          "id" to v(c("L-2"), p(regex("L-[0-9]+"))),
          "seats" to v(c(3), p(regex("[0-9]+")))
        )
      )
    }
  },
  gone()
)
