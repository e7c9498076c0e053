import org.springframework.cloud.contract.spec.Contract

[
  Contract.make {
    request {
      method 'POST'
      url '/licenses'
      headers { header('Content-Type', 'application/json') }
      body(file('bodies/new.json'))
      bodyMatchers { jsonPath('$.plan', byRegex('[a-z]+')) }
    }
    response {
      status 201
      headers { header('Content-Type', 'application/json') }
      body("""{"id": "${value(c('L-2'), p(regex('L-[0-9]+')))}", "seats": ${value(c(3), p(regex('[0-9]+')))}}""")
    }
  },
  Contract.make {
    name 'gone'
    request {
      method DELETE()
      url("/licenses/${value(consumer(regex('[A-Z]-[0-9]+')), producer('L-9'))}")
    }
    response { status 204 }
  }
]
