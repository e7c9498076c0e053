org.springframework.cloud.contract.spec.Contract.make {
  label 'issued'
  input { triggeredBy('issue()') }
  outputMessage {
    sentTo 'licenses.issued'
    headers { header('kind', 'issued') }
    body([id: $(consumer('L-1'), producer(regex('[A-Z]-[0-9]+')))])
  }
}
