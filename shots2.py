import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    b=p.chromium.launch(executable_path='/usr/bin/chromium',args=['--no-sandbox'])
    for spec in sys.argv[1:]:
        name,w,scheme=spec.split(',')
        pg=b.new_page(viewport={'width':int(w),'height':1000 if int(w)>500 else 1500},color_scheme=scheme)
        pg.goto(f'file:///tmp/t13/{name}.html'); pg.wait_for_timeout(9000)
        pg.screenshot(path=f'/tmp/t13/s_{name}_{w}_{scheme}.png'); print(spec,pg.evaluate("document.documentElement.scrollWidth-innerWidth")); pg.close()
    b.close()
