// The places of the demonstration: three territories, two committees, well-known streets. Streets exist; how
// far their numbers go, telephones and e-mail addresses are invented (numbers kept for fiction by the ARCEP).
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "territoire/import.hpp"
#include "territoire/import_bulk.hpp"
#include "territoire/recherche.hpp"
#include "territoire/store.hpp"
#include "territoire/store_lieux.hpp"

namespace territoire {

namespace demo_detail {

struct Rue {
    std::string_view commune;
    std::string_view code_postal;
    std::string_view nom;
    int dernier_numero;
};

constexpr Rue rues[] = {
    {"Rouen", "76000", "Rue Jeanne d’Arc", 110},
    {"Rouen", "76000", "Rue du Gros Horloge", 180},
    {"Rouen", "76000", "Rue de la République", 130},
    {"Rouen", "76000", "Rue Beauvoisine", 230},
    {"Rouen", "76000", "Rue Saint-Romain", 80},
    {"Rouen", "76000", "Rue Eau de Robec", 240},
    {"Rouen", "76000", "Rue Martainville", 230},
    {"Rouen", "76000", "Rue Damiette", 50},
    {"Rouen", "76000", "Rue Armand Carrel", 90},
    {"Rouen", "76000", "Place Saint-Marc", 50},
    {"Rouen", "76000", "Place du Vieux-Marché", 60},
    {"Rouen", "76000", "Rue Cauchoise", 90},
    {"Rouen", "76000", "Rue Jean Lecanuet", 130},
    {"Rouen", "76000", "Boulevard de l’Yser", 70},
    {"Rouen", "76000", "Boulevard des Belges", 60},
    {"Rouen", "76000", "Boulevard de la Marne", 40},
    {"Rouen", "76000", "Avenue Gustave Flaubert", 60},
    {"Rouen", "76000", "Rue Saint-Gervais", 110},
    {"Rouen", "76000", "Rue de Crosne", 80},
    {"Rouen", "76000", "Rue Ganterie", 90},
    {"Rouen", "76000", "Rue des Carmes", 120},
    {"Rouen", "76000", "Rue Alsace-Lorraine", 60},
    {"Rouen", "76000", "Rue Bouvreuil", 70},
    {"Rouen", "76000", "Rue Verte", 60},
    {"Rouen", "76000", "Rue Saint-Maur", 100},
    {"Rouen", "76000", "Rue Saint-Hilaire", 140},
    {"Rouen", "76000", "Route de Darnétal", 150},
    {"Rouen", "76000", "Rue Louis Ricard", 60},
    {"Rouen", "76000", "Rue de Fontenelle", 50},
    {"Rouen", "76000", "Avenue Pasteur", 50},
    {"Rouen", "76000", "Rue du Renard", 120},
    {"Rouen", "76000", "Rue Stanislas Girardin", 80},
    {"Rouen", "76000", "Route de Neufchâtel", 190},
    {"Rouen", "76000", "Rue d’Amiens", 60},
    {"Rouen", "76000", "Rue Orbe", 90},
    {"Rouen", "76000", "Rue de l’Hôpital", 40},
    {"Rouen", "76000", "Rue Grand Pont", 110},
    {"Rouen", "76000", "Rue aux Juifs", 60},
    {"Rouen", "76000", "Rue des Bons Enfants", 140},
    {"Rouen", "76000", "Quai du Havre", 30},
    {"Rouen", "76000", "Quai Gaston Boulet", 40},
    {"Rouen", "76100", "Rue Saint-Sever", 140},
    {"Rouen", "76100", "Rue Lafayette", 130},
    {"Rouen", "76100", "Avenue de Bretagne", 70},
    {"Rouen", "76100", "Avenue Jean Rondeaux", 90},
    {"Rouen", "76100", "Rue Saint-Julien", 240},
    {"Rouen", "76100", "Avenue de Caen", 130},
    {"Rouen", "76100", "Boulevard de l’Europe", 110},
    {"Rouen", "76100", "Quai Jean Moulin", 30},
    {"Rouen", "76100", "Rue d’Elbeuf", 160},
    {"Rouen", "76100", "Rue Méridienne", 130},
    {"Rouen", "76100", "Place des Emmurées", 30},
    {"Le Havre", "76600", "Rue de Paris", 150},
    {"Le Havre", "76600", "Avenue Foch", 130},
    {"Le Havre", "76600", "Boulevard François Ier", 150},
    {"Le Havre", "76600", "Rue Victor Hugo", 180},
    {"Le Havre", "76600", "Place de l’Hôtel de Ville", 60},
    {"Le Havre", "76600", "Boulevard de Strasbourg", 190},
    {"Le Havre", "76600", "Cours de la République", 190},
    {"Le Havre", "76600", "Rue Aristide Briand", 240},
    {"Le Havre", "76600", "Rue Jules Lecesne", 140},
    {"Le Havre", "76600", "Rue du Maréchal Joffre", 180},
    {"Le Havre", "76600", "Rue Jean-Jacques Rousseau", 110},
    {"Le Havre", "76600", "Quai de Southampton", 60},
    {"Le Havre", "76600", "Rue Louis Brindeau", 100},
    {"Le Havre", "76600", "Rue Lord Kitchener", 50},
    {"Le Havre", "76600", "Rue Augustin Normand", 90},
    {"Le Havre", "76600", "Rue du Général Faidherbe", 60},
    {"Le Havre", "76600", "Rue Dauphine", 50},
    {"Le Havre", "76600", "Rue de Bretagne", 50},
    {"Le Havre", "76600", "Rue Émile Zola", 60},
    {"Le Havre", "76600", "Boulevard Clemenceau", 110},
    {"Le Havre", "76600", "Boulevard Albert Ier", 130},
    {"Le Havre", "76600", "Rue Guillemard", 110},
    {"Le Havre", "76600", "Rue Félix Faure", 190},
    {"Le Havre", "76600", "Rue Gustave Flaubert", 120},
    {"Le Havre", "76600", "Rue d’Étretat", 140},
    {"Le Havre", "76600", "Rue de Tourneville", 90},
    {"Le Havre", "76600", "Rue Massillon", 130},
    {"Le Havre", "76600", "Rue Demidoff", 110},
    {"Le Havre", "76600", "Rue de Verdun", 150},
    {"Le Havre", "76600", "Avenue René Coty", 110},
    {"Le Havre", "76600", "Rue Ernest Renan", 90},
    {"Le Havre", "76600", "Boulevard de Graville", 200},
    {"Le Havre", "76600", "Boulevard Winston Churchill", 100},
    {"Le Havre", "76620", "Avenue du Bois au Coq", 90},
    {"Le Havre", "76610", "Avenue Vladimir Komarov", 70},
    {"Dieppe", "76200", "Grande Rue", 210},
    {"Dieppe", "76200", "Quai Henri IV", 100},
    {"Dieppe", "76200", "Rue Saint-Jacques", 110},
    {"Dieppe", "76200", "Rue de la Barre", 120},
    {"Dieppe", "76200", "Boulevard de Verdun", 60},
    {"Dieppe", "76200", "Place Nationale", 40},
    {"Dieppe", "76200", "Rue d’Écosse", 100},
    {"Dieppe", "76200", "Quai Duquesne", 60},
    {"Dieppe", "76200", "Avenue Gambetta", 130},
    {"Dieppe", "76200", "Avenue Pasteur", 80},
    {"Dieppe", "76200", "Rue de Sygogne", 50},
    {"Dieppe", "76200", "Quai de la Cale", 30},
    {"Dieppe", "76200", "Quai du Hâble", 30},
    {"Dieppe", "76200", "Grande Rue du Pollet", 60},
    {"Dieppe", "76200", "Boulevard Georges Clemenceau", 50},
    {"Dieppe", "76200", "Rue Jehan Véron", 60},
    {"Dieppe", "76200", "Rue Claude Groulard", 50},
    {"Dieppe", "76200", "Rue Thiers", 70},
    {"Elbeuf", "76500", "Rue de la République", 90},
    {"Elbeuf", "76500", "Rue des Martyrs", 120},
    {"Elbeuf", "76500", "Rue Guynemer", 100},
    {"Elbeuf", "76500", "Place Aristide Briand", 20},
    {"Elbeuf", "76500", "Rue Jean Jaurès", 110},
    {"Elbeuf", "76500", "Cours Gambetta", 40},
    {"Elbeuf", "76500", "Rue Henry", 90},
    {"Elbeuf", "76500", "Rue du Neubourg", 110},
    {"Elbeuf", "76500", "Rue Camille Randoing", 60},
    {"Elbeuf", "76500", "Rue de la Barrière", 70},
    {"Fécamp", "76400", "Quai de la Vicomté", 40},
    {"Fécamp", "76400", "Quai Bérigny", 70},
    {"Fécamp", "76400", "Rue Alexandre Le Grand", 120},
    {"Fécamp", "76400", "Place Charles de Gaulle", 20},
    {"Fécamp", "76400", "Rue Jacques Huet", 90},
    {"Fécamp", "76400", "Rue Queue de Renard", 110},
    {"Fécamp", "76400", "Boulevard de la République", 90},
    {"Fécamp", "76400", "Rue Leroux", 40},
    {"Fécamp", "76400", "Rue Arquaise", 60},
    {"Fécamp", "76400", "Avenue Gambetta", 40},
    {"Fécamp", "76400", "Rue de Mer", 50},
    {"Fécamp", "76400", "Grand Quai", 40},
    {"Fécamp", "76400", "Rue du Président René Coty", 110},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue Lazare Carnot", 120},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue de Paris", 190},
    {"Saint-Étienne-du-Rouvray", "76800", "Avenue Ambroise Croizat", 60},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue du Madrillet", 240},
    {"Saint-Étienne-du-Rouvray", "76800", "Avenue du Val l’Abbé", 60},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue Gambetta", 130},
    {"Saint-Étienne-du-Rouvray", "76800", "Place de la Libération", 20},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue de la République", 140},
    {"Saint-Étienne-du-Rouvray", "76800", "Avenue Maryse Bastié", 40},
    {"Saint-Étienne-du-Rouvray", "76800", "Rue Ernest Renan", 60},
    {"Sotteville-lès-Rouen", "76300", "Rue Garibaldi", 290},
    {"Sotteville-lès-Rouen", "76300", "Place de l’Hôtel de Ville", 20},
    {"Sotteville-lès-Rouen", "76300", "Rue de la République", 190},
    {"Sotteville-lès-Rouen", "76300", "Avenue du 14 Juillet", 120},
    {"Sotteville-lès-Rouen", "76300", "Rue Pierre Mendès France", 90},
    {"Sotteville-lès-Rouen", "76300", "Rue Victor Hugo", 130},
    {"Sotteville-lès-Rouen", "76300", "Rue Raspail", 90},
    {"Sotteville-lès-Rouen", "76300", "Avenue Jean Jaurès", 180},
    {"Le Petit-Quevilly", "76140", "Avenue Jean Jaurès", 170},
    {"Le Petit-Quevilly", "76140", "Avenue des Martyrs de la Résistance", 110},
    {"Le Petit-Quevilly", "76140", "Rue Joseph Lebas", 90},
    {"Le Petit-Quevilly", "76140", "Boulevard Charles de Gaulle", 60},
    {"Le Grand-Quevilly", "76120", "Avenue des Provinces", 80},
    {"Le Grand-Quevilly", "76120", "Rue Georges Clemenceau", 60},
    {"Le Grand-Quevilly", "76120", "Boulevard Pierre Brossolette", 50},
    {"Le Grand-Quevilly", "76120", "Avenue Léon Blum", 40},
    {"Mont-Saint-Aignan", "76130", "Rue Louis Pasteur", 60},
    {"Mont-Saint-Aignan", "76130", "Place Colbert", 20},
    {"Mont-Saint-Aignan", "76130", "Avenue du Mont aux Malades", 60},
    {"Mont-Saint-Aignan", "76130", "Route de Maromme", 90},
    {"Yvetot", "76190", "Rue du Calvaire", 90},
    {"Yvetot", "76190", "Rue des Victoires", 40},
    {"Yvetot", "76190", "Place des Belges", 20},
    {"Yvetot", "76190", "Rue Carnot", 60},
    {"Yvetot", "76190", "Rue Thiers", 50},
    {"Bolbec", "76210", "Rue de la République", 60},
    {"Bolbec", "76210", "Place Félix Faure", 20},
    {"Bolbec", "76210", "Rue Jacques Fauquet", 90},
    {"Bolbec", "76210", "Rue Auguste Desgenétais", 60},
    {"Lillebonne", "76170", "Rue de la République", 80},
    {"Lillebonne", "76170", "Place Félix Faure", 20},
    {"Lillebonne", "76170", "Rue Victor Hugo", 60},
    {"Lillebonne", "76170", "Rue Thiers", 40},
    {"Barentin", "76360", "Avenue Aristide Briand", 80},
    {"Barentin", "76360", "Place de la Libération", 20},
    {"Eu", "76260", "Rue Paul Bignon", 80},
    {"Eu", "76260", "Place Guillaume le Conquérant", 20},
    {"Eu", "76260", "Chaussée de Picardie", 40},
    {"Eu", "76260", "Boulevard Victor Hugo", 40},
    {"Le Tréport", "76470", "Quai François Ier", 60},
    {"Le Tréport", "76470", "Rue de Paris", 40},
    {"Le Tréport", "76470", "Rue Alexandre Papin", 40},
    {"Le Tréport", "76470", "Quai Sadi Carnot", 20},
    {"Montivilliers", "76290", "Rue Félix Faure", 60},
    {"Montivilliers", "76290", "Place François Mitterrand", 20},
    {"Montivilliers", "76290", "Rue Oscar Germain", 40},
    {"Montivilliers", "76290", "Rue Léon Gambetta", 40},
    {"Gonfreville-l'Orcher", "76700", "Avenue Jacques Eberhard", 40},
    {"Darnétal", "76160", "Rue Sadi Carnot", 80},
    {"Darnétal", "76160", "Rue Lucien Fromage", 60},
    {"Darnétal", "76160", "Place du Général de Gaulle", 20},
    {"Maromme", "76150", "Rue de la République", 110},
    {"Maromme", "76150", "Rue des Martyrs de la Résistance", 90},
    {"Oissel", "76350", "Rue de la République", 90},
    {"Caudebec-lès-Elbeuf", "76320", "Rue de la République", 140},
    {"Caudebec-lès-Elbeuf", "76320", "Rue Félix Faure", 110},
    {"Neufchâtel-en-Bray", "76270", "Grande Rue Saint-Jacques", 60},
    {"Neufchâtel-en-Bray", "76270", "Grande Rue Notre-Dame", 60},
    {"Gournay-en-Bray", "76220", "Rue Notre-Dame", 40},
    {"Gournay-en-Bray", "76220", "Place Nationale", 30},
    {"Forges-les-Eaux", "76440", "Rue de la République", 60},
    {"Étretat", "76790", "Rue Alphonse Karr", 40},
    {"Étretat", "76790", "Rue Guy de Maupassant", 40},
    {"Étretat", "76790", "Avenue George V", 30},
    {"Étretat", "76790", "Place du Maréchal Foch", 20},
    {"Saint-Valery-en-Caux", "76460", "Quai du Havre", 30},
    {"Saint-Valery-en-Caux", "76460", "Place de la Chapelle", 20},
    {"Saint-Valery-en-Caux", "76460", "Rue des Pénitents", 30},
    {"Saint-Valery-en-Caux", "76460", "Quai d’Aval", 20},
};

void semer_rues(db::Transaction& tx)
{
    if (tx.find<int>("SELECT 1 FROM lieu WHERE source = 'demo' LIMIT 1")) return;
    struct Place {
        std::string insee;
        std::optional<double> lon;
        std::optional<double> lat;
    };
    std::string commune;
    std::optional<Place> place;
    BulkStatement numeros{tx, "INSERT INTO adresse (id, lieu, numero, suffixe, code_postal, lon, lat) VALUES",
                          7, " ON CONFLICT (id) DO NOTHING"};
    for (const auto& rue : rues) {
        if (rue.commune != commune) {
            commune = rue.commune;
            // Real addresses already imported are better than ours.
            place = tx.find<Place>(
                "SELECT insee, lon, lat FROM commune c WHERE departement = '76' AND type = 'commune' "
                "AND nom = $1 AND NOT EXISTS (SELECT 1 FROM lieu WHERE insee = c.insee AND "
                "source = 'ban')",
                commune);
        }
        if (!place) continue;
        const auto id = "demo-" + place->insee + "-" + base::slug(rue.nom);
        const auto rang =
            tx.find<std::int64_t>("INSERT INTO lieu (id, type, nom, insee, commune, code_postal, lon, lat, "
                                  "importance, recherche, source) "
                                  "VALUES ($1, 'street', $2, $3, $4, $5, $6, $7, $8, $9, 'demo') ON CONFLICT "
                                  "(id) DO NOTHING RETURNING rang",
                                  id, rue.nom, place->insee, commune, rue.code_postal, place->lon, place->lat,
                                  std::log(1.0 + rue.dernier_numero) / 10,
                                  texte_recherche(rue.nom) + " " + texte_recherche(commune) + " " +
                                      std::string{rue.code_postal} + " zvoie zi" + place->insee + " zd76");
        if (!rang) continue;
        for (int n = 1; n <= rue.dernier_numero; ++n) {
            const auto numero = id + "-" + std::to_string(n);
            numeros.add(numero, *rang, n, "", rue.code_postal, place->lon, place->lat);
            if (n % 12 == 0)
                numeros.add(numero + "-bis", *rang, n, "bis", rue.code_postal, place->lon, place->lat);
        }
    }
    numeros.finish();
    store::index_lieux(tx, "source = 'demo'");
}

void semer_territoire(db::Transaction& tx, std::string_view code, Phase phase, const Contact& contact)
{
    if (store::find_territoire(tx, code)) return;
    const auto departement = store::find_departement(tx, code);
    base::expect(departement.has_value(), "the demonstration needs the reference data");
    auto t = store::ouvrir_territoire(tx, *departement);
    t.contact = contact;
    store::save_contact(tx, t);
    store::set_phase(tx, code, phase, t.version + 1);
}

} // namespace demo_detail

void semer_demo(db::Transaction& tx, Instant)
{
    namespace d = demo_detail;
    const std::string days =
        "du lundi au vendredi, de 9\u00a0h à 12\u00a0h 30 et de 13\u00a0h 30 à 17\u00a0h";
    const bool first = !store::find_territoire(tx, "76");
    d::semer_territoire(tx, "76", Phase::Professionnels,
                        {"+33261910076", "contact-76@demo.logis.example",
                         "Pôle départemental de lutte contre l’habitat indigne de la Seine-Maritime", days});
    d::semer_territoire(tx, "27", Phase::Fermee,
                        {"+33261910027", "contact-27@demo.logis.example", "ADIL de l’Eure", days});
    d::semer_territoire(tx, "80", Phase::Tous,
                        {"+33261910080", "contact-80@demo.logis.example", "ADIL de la Somme", days});
    if (first) {
        store::save_comite(tx, {"comite-76-departement",
                                "76",
                                "Comité du Département de la Seine-Maritime",
                                {"+33261910176", "comite-departement@demo.logis.example",
                                 "Secrétariat du comité du Département", days},
                                0});
        store::save_comite(tx, {"comite-76-havre",
                                "76",
                                "Comité Le Havre Seine Métropole",
                                {"+33261910276", "comite-le-havre@demo.logis.example",
                                 "Secrétariat du comité Le Havre Seine Métropole", days},
                                0});
        store::set_comite_par_defaut(tx, "76", "comite-76-departement");
        const auto havre =
            tx.find<std::string>("SELECT siren FROM epci WHERE nom LIKE '%Le Havre Seine Métropole'");
        base::expect(havre.has_value(), "the EPCI of Le Havre is not in the reference data");
        store::add_perimetre(tx, "76", {"comite-76-havre", GenrePerimetre::Epci, *havre});
        // The Somme receives reports from everybody: it needs somebody to receive them.
        store::save_comite(tx, {"comite-80-departement",
                                "80",
                                "Comité du Département de la Somme",
                                {"+33261910180", "comite-somme@demo.logis.example",
                                 "Secrétariat du comité du Département", days},
                                0});
        store::set_comite_par_defaut(tx, "80", "comite-80-departement");
    }
    d::semer_rues(tx);
}

} // namespace territoire
