String log = new File(basedir, 'build.log').text
assert log.contains('contract amendment fails')
assert log.contains('price')
assert new File(basedir, 'target/codicil/verdict.json').text.contains('"verdict"')
assert new File(basedir, 'target/codicil/report.html').isFile()
assert !log.contains('NullPointerException')
