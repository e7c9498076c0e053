import org.springframework.cloud.contract.spec.ContractDsl.Companion.contract
import org.springframework.cloud.contract.spec.withQueryParameters

arrayOf(
  contract {
    name = "upload"
    priority = 2
    request {
      method = PUT
      url = url("/licenses/L-1/scan") withQueryParameters {
        parameter("force", v(c(matching("true|false")), p("true")))
      }
      headers {
        header(
          "Content-Type",
          v(
            c(regex("multipart/form-data;boundary=[a-z]+")),
            p("multipart/form-data;boundary=b")
          )
        )
      }
      cookies {
        cookie("session", v(c(regex("[a-z]+")), p("abc")))
        cookie("locale", v(c(regex("en|de")), p("en")))
      }
      multipart {
        field("comment", "signed")
        field(
          "scan",
          named(
            v(c(regex(nonEmpty)), p("scan.pdf")),
            v(c(regex(nonEmpty)), p("page")),
            value("application/pdf")
          )
        )
        field("plan", named(value("new.json"), value(fileAsBytes("bodies/new.json"))))
      }
    }
    response {
      status = UNPROCESSABLE_ENTITY
      delay = fixedMilliseconds(5)
      headers { header("Content-Type", "text/plain") }
      body = body(v(c("page 1 is not signed"), p(regex("page [0-9]+ is not signed"))))
    }
  },
  contract {
    name = "later"
    ignored = true
    request {
      method = GET
      url = url("/later")
    }
    response { status = OK }
  },
  contract {
    name = "soon"
    inProgress = true
    request {
      method = GET
      url = url("/soon")
    }
    response {
      status = OK
      async = true
      body = body(listOf(mapOf("id" to 1, "note" to "")))
    }
  }
)
