import org.springframework.cloud.contract.spec.Contract

[
  Contract.make {
    name 'upload'
    priority 2
    request {
      method PUT()
      url('/licenses/L-1/scan') {
        queryParameters {
          parameter 'force': $(c(matching('true|false')), p('true'))
        }
      }
      headers {
        header('Content-Type', $(c(regex('multipart/form-data;boundary=[a-z]+')), p('multipart/form-data;boundary=b')))
      }
      cookies {
        cookie('session', $(c(regex('[a-z]+')), p('abc')))
        cookie('locale', $(c(regex('en|de')), p('en')))
      }
      multipart([
        comment: 'signed',
        scan   : named(name: $(c(regex(nonEmpty())), p('scan.pdf')), content: $(c(regex(nonEmpty())), p('page')), contentType: value('application/pdf')),
        plan   : named(name: value('new.json'), content: value(fileAsBytes('bodies/new.json')))
      ])
    }
    response {
      status UNPROCESSABLE_ENTITY()
      fixedDelayMilliseconds 5
      headers { header('Content-Type', 'text/plain') }
      body($(c('page 1 is not signed'), p(regex('page [0-9]+ is not signed'))))
    }
  },
  Contract.make {
    name 'later'
    ignored()
    request { method GET(); url '/later' }
    response { status OK() }
  },
  Contract.make {
    name 'soon'
    inProgress()
    request { method GET(); url '/soon' }
    response { status OK(); async(); body([[id: 1, note: '']]) }
  }
]
