// Renders the chart as Helm does, with Go's templates and the sprig library, which is what Helm is made of.
//
//	go run render.go CHART VALUES…  > manifests as YAML documents
//
// Ends with 1 and one line on standard error if a template refuses the values.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type values = map[string]interface{}

func main() {
	chart := os.Args[1]
	merged := read(filepath.Join(chart, "values.yaml"))
	for _, path := range os.Args[2:] {
		merge(merged, read(path))
	}
	about := read(filepath.Join(chart, "Chart.yaml"))
	scope := values{
		"Values":  merged,
		"Release": values{"Name": "trial", "Namespace": "apps", "Service": "Helm", "IsInstall": true},
		"Files":   files{chart},
		"Chart":   values{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
	}
	for name, text := range render(chart, scope) {
		fmt.Printf("---\n# %s\n%s\n", name, text)
	}
}

// The chart's own files, as templates ask for them.
type files struct{ chart string }

// Get answers with nothing for a file that is not there, as Helm does.
func (own files) Get(name string) string {
	text, err := os.ReadFile(filepath.Join(own.chart, name))
	if os.IsNotExist(err) {
		return ""
	}
	stopIf(err)
	return string(text)
}

func render(chart string, scope values) map[string]string {
	root := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["toYaml"] = func(value interface{}) string {
		text, err := yaml.Marshal(value)
		stopIf(err)
		return strings.TrimSuffix(string(text), "\n")
	}
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out bytes.Buffer
		err := root.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	root.Funcs(functions)

	paths, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	stopIf(err)
	sort.Strings(paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		stopIf(err)
		template.Must(root.New(filepath.Base(path)).Parse(string(text)))
	}

	rendered := map[string]string{}
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var out bytes.Buffer
		stopIf(root.ExecuteTemplate(&out, name, scope))
		text := strings.TrimSpace(out.String())
		if name == "NOTES.txt" {
			text = "# " + strings.ReplaceAll(text, "\n", "\n# ")
		}
		if strings.Contains(text, "<no value>") {
			stopIf(fmt.Errorf("%s uses a value that does not exist", name))
		}
		rendered[name] = text
	}
	return rendered
}

func read(path string) values {
	text, err := os.ReadFile(path)
	stopIf(err)
	var read values
	stopIf(yaml.Unmarshal(text, &read))
	return read
}

// Maps are merged, everything else is replaced, as Helm does.
func merge(into, from values) {
	for key, value := range from {
		inner, isMap := value.(values)
		outer, wasMap := into[key].(values)
		if isMap && wasMap {
			merge(outer, inner)
		} else {
			into[key] = value
		}
	}
}

func stopIf(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
