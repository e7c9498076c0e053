package contracts

import org.springframework.cloud.contract.spec.Contract

Contract.make {
  description 'A license that is there.'
  priority 1
  request {
    method GET()
    urlPath($(consumer(regex('/licenses/[A-Z]-[0-9]+')), producer('/licenses/L-1'))) {
      queryParameters {
        parameter 'fields': 'id,state'
        parameter 'limit': $(consumer(matching('[0-9]+')), producer(equalTo('10')))
        parameter 'debug': absent()
      }
    }
    headers {
      accept(applicationJson())
      header('X-Trace', $(consumer(regex('[a-f0-9]{4}')), producer('beef')))
    }
    cookies {
      cookie('session', 'abc')
    }
  }
  response {
    status OK()
    headers {
      header('Content-Type', 'application/json')
      header('ETag', $(consumer('"1"'), producer(regex('"[0-9]+"'))))
    }
    body([
      id     : $(consumer('L-1'), producer(regex('[A-Z]-[0-9]+'))),
      state  : $(c('ACTIVE'), p(anyOf('ACTIVE', 'EXPIRED'))),
      seats  : 5,
      owner  : [name: value(consumer('Ada'), producer(regex(nonBlank()))), 'two words': true],
      tags   : ['a', 'b'],
      history: [[at: $(c('2026-01-01'), p(isoDate()))], [at: $(c('2026-02-01'), p(isoDate()))]],
      checked: $(c('x'), p(execute('isChecked($it)')))
    ])
    bodyMatchers {
      jsonPath('$.seats', byType())
      jsonPath('$.tags', byType { minOccurrence(1); maxOccurrence(9) })
    }
  }
}
