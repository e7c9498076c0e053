import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract

contract {
  label = "issued"
  input { triggeredBy = "issue()" }
  outputMessage {
    sentTo = sentTo("licenses.issued")
    headers { header("kind", "issued") }
    body = body("id" to value(consumer("L-1"), producer(regex("[A-Z]-[0-9]+"))))
  }
}
